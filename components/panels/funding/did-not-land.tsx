import { refusedWords } from "@/components/api/explain-escrows";
import { ErrorNotice } from "@/components/ui/error-notice";

type DidNotLandProps = {
  why: "expired" | "refused";
  reason: Parameters<typeof refusedWords>[0];
  safe: string;
  next: string;
};

/** What a wallet signed came to nothing: too late for the chain, or refused by it. `safe` and `next` are sentences. */
export function DidNotLand({ why, reason, safe, next }: DidNotLandProps) {
  const isLate = why === "expired";
  return (
    <ErrorNotice
      what={isLate ? "What you signed did not reach the chain in time, and never will." : refusedWords(reason)}
      safe={safe}
      next={next}
      code={isLate ? "intent_expired" : "transaction_refused"}
    />
  );
}
