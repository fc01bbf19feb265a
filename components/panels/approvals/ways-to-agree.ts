import type { EvidenceKind } from "@/flows/basics/evidence-kinds";

/** What somebody does for a yes: press, or have something sign it. */
export type Way = "click" | "wallet";

/** What somebody can sign with. */
export type Means = { wallet: string | null };

/** By which ways this person can say yes to a question that takes one of `kinds`, the surest first; any will do for null. */
export function waysToAgree(kinds: readonly EvidenceKind[] | null, { wallet }: Means): Way[] {
  const takes = (kind: EvidenceKind) => kinds === null || kinds.includes(kind);
  const ways: Way[] = [];
  if (takes("session")) ways.push("click");
  if (takes("wallet") && wallet) ways.push("wallet");
  return ways;
}

export const WAY_NAMES: Record<Way, string> = { click: "A click", wallet: "My wallet" };
