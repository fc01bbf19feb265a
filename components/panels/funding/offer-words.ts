import type { FundingOffer } from "@/components/api/answers";
import { formatAmount } from "@/components/ui/amount";

/** One line of a dry run: whose account, and what becomes of it. */
export type ChangeLine = { account: string; address: string; words: string };

/** What signing would change, in words, from what the chain said of these very bytes. Units: base units of USDC, lamports. */
export function changeLines({ changes, terms }: Pick<FundingOffer, "changes" | "terms">): ChangeLine[] {
  const names = new Map([
    [terms.source, "Your USDC account"],
    [terms.vault, "The escrow's vault"],
    [terms.escrow, "The escrow account"],
    [terms.sponsor, "The studio's sponsor"],
  ]);
  return changes.flatMap((change) => {
    const words = [tokenWords(change), lamportWords(change)].filter((word) => word !== null);
    const account = names.get(change.address) ?? "Another account";
    return words.length > 0 ? [{ account, address: change.address, words: words.join("; ") }] : [];
  });
}

type Change = FundingOffer["changes"][number];

function tokenWords({ before, after }: Change): string | null {
  if (before.tokens === after.tokens) return null;
  const [was, is] = [before.tokens ?? 0n, after.tokens ?? 0n];
  if (before.tokens === null) return `made by this transaction, holds ${formatAmount(is)} USDC`;
  return `${is < was ? "pays" : "gets"} ${formatAmount(is < was ? was - is : is - was)} USDC, ${formatAmount(is)} USDC left`;
}

function lamportWords({ before, after }: Change): string | null {
  const [was, is] = [before.lamports ?? 0n, after.lamports ?? 0n];
  if (was === is) return null;
  if (before.lamports === null) return `holds ${sol(is)} SOL of rent, lent by the sponsor`;
  return `${is < was ? "pays" : "gets"} ${sol(is < was ? was - is : is - was)} SOL`;
}

const DECIMALS = 9;

/** Units: lamports in, SOL out, never rounded. */
export function sol(lamports: bigint): string {
  const digits = lamports.toString().padStart(DECIMALS + 1, "0");
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "").padEnd(2, "0");
  return `${digits.slice(0, -DECIMALS)}.${fraction}`;
}

/** A moment of the chain. Units: seconds. */
export const momentWords = (seconds: number): string =>
  new Date(seconds * 1_000).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });

/** How long a payer may dispute. Units: seconds. */
export function windowWords(seconds: number): string {
  if (seconds === 0) return "none: what is recorded as earned is paid at once";
  const [count, unit] =
    seconds >= 3_600 ? [Number((seconds / 3_600).toFixed(1)), "hour"] : [Math.ceil(seconds / 60), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"} after each settlement`;
}
