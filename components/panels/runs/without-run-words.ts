import type { EscrowWithoutRun } from "@/components/api/answers";
import { notStartedWords } from "@/components/panels/funding/not-started-words";
import { momentWords } from "@/components/panels/funding/offer-words";
import type { StatusMarkProps } from "@/components/ui/status-mark";

type Told = Pick<StatusMarkProps, "status" | "word"> & { happens: string; why: string | null };

/** What becomes of the money of an escrow whose run is not there. */
export function withoutRunWords({
  stands,
  notStarted,
  expiry,
}: Pick<EscrowWithoutRun, "stands" | "notStarted" | "expiry">): Told {
  const why = notStarted === null ? null : notStartedWords(notStarted);
  const latest = `Should the studio not do it, anybody can close the escrow after ${momentWords(expiry)}.`;
  switch (stands) {
    case "waiting":
      return {
        ...{ status: "waiting", word: "Waiting for the chain", why },
        happens:
          "The run starts by itself once its escrow is confirmed. What does not arrive within a few minutes never will, and then nothing moved.",
      };
    case "open":
      return notStarted === null
        ? {
            status: "running",
            word: "Starting",
            why,
            happens: `Its escrow is open, and the run starts by itself. ${latest}`,
          }
        : {
            status: "failed",
            word: "Not started",
            why,
            happens: `The whole of it goes back to your wallet within minutes. ${latest}`,
          };
    case "settled":
      return {
        status: "running",
        word: "Going back",
        why,
        happens: `The whole of it is on its way back to your wallet. ${latest}`,
      };
    case "closed":
      return { status: "done", word: "Given back", why, happens: "The whole of it is back in your wallet." };
  }
}
