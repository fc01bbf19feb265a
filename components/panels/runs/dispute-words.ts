import type { EarnedLine } from "@/components/api/answers";
import { momentWords } from "@/components/panels/funding/offer-words";
import { formatAmount } from "@/components/ui/amount";

/** What becomes of what a payee earned, and whether the payer can still keep it from being paid. Time is the chain's, in seconds. */
export function lineWords(line: EarnedLine, nowSeconds: number): { words: string; disputable: bigint } {
  const { earned, paid, returned, held, heldUntil, disputed, decideBy } = line;
  const usdc = (amount: bigint) => `${formatAmount(amount)} USDC`;
  const back = returned > 0n ? `${usdc(returned)} of it came back to you. ` : "";
  if (held > 0n && nowSeconds < heldUntil)
    return {
      words: `${back}You can dispute it until ${momentWords(heldUntil)}; after that it is paid.`,
      disputable: held,
    };
  if (disputed > 0n && nowSeconds < decideBy)
    return {
      words: `${back}Disputed: the arbiter divides ${usdc(disputed)} between this payee and you. What is not decided by ${momentWords(decideBy)} is paid.`,
      disputable: 0n,
    };
  if (earned === 0n) return { words: "Nothing was earned.", disputable: 0n };
  const isDue = earned - paid - returned > 0n;
  return {
    words: `${back}${isDue ? "It is paid with the next transaction." : "The payee has been paid."}`,
    disputable: 0n,
  };
}
