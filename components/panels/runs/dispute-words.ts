import type { EarnedLine, EscrowOfRun } from "@/components/api/answers";
import { momentWords } from "@/components/panels/funding/offer-words";
import { formatAmount } from "@/components/ui/amount";

/** What becomes of what a payee earned, and whether the payer can still keep it from being paid. Time is the chain's, in seconds. */
export function lineWords(line: EarnedLine, nowSeconds: number): { words: string; disputable: bigint } {
  const { earned, paid, returned, held, heldUntil, disputed, decideBy } = line;
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
  if (earned - paid - returned > 0n) return { words: `${back}It is paid with the next transaction.`, disputable: 0n };
  return { words: `${back}${paid > 0n ? "The payee has been paid." : ""}`.trim(), disputable: 0n };
}

/** What became of the money in an escrow, or what becomes of it: sums once the chain can no longer undo them. */
export function endWords({ stands, left }: Pick<EscrowOfRun, "stands" | "left">): string {
  if (stands !== "closed") return "What is not earned returns to your wallet.";
  if (!left) return "What was recorded as earned was paid, and the rest returned to your wallet.";
  const fee = left.fees > 0n ? `, ${usdc(left.fees)} went to the studio as fee` : "";
  return `${usdc(left.paid)} were paid to payees${fee}, and ${usdc(left.returned)} returned to your wallet.`;
}

const usdc = (amount: bigint) => `${formatAmount(amount)} USDC`;
