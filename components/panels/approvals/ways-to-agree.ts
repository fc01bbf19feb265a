import type { EvidenceKind } from "@/flows/basics/evidence-kinds";

/** What somebody does for a yes: press, or have something sign it. */
export type Way = "click" | "passkey" | "wallet";

/** What somebody can sign with, and what a click of theirs shows at this moment. */
export type Means = { wallet: string | null; passkeys: number; click: EvidenceKind };

/** By which ways this person can say yes to a question that takes one of `kinds`, the surest first; any will do for null. */
export function waysToAgree(kinds: readonly EvidenceKind[] | null, { wallet, passkeys, click }: Means): Way[] {
  const takes = (kind: EvidenceKind) => kinds === null || kinds.includes(kind);
  const ways: Way[] = [];
  if (takes(click)) ways.push("click");
  if (takes("passkey") && passkeys > 0) ways.push("passkey");
  if (takes("wallet") && wallet) ways.push("wallet");
  return ways;
}

type Waiting = { wallet: Date | null; passkeys: readonly { waitsUntil: Date | null }[] };

/** When the first of what somebody has, and what does not count yet, will do for a yes to this; null where none will. */
export function firstToCount(kinds: readonly EvidenceKind[] | null, { wallet, passkeys }: Waiting): Date | null {
  const takes = (kind: EvidenceKind) => kinds === null || kinds.includes(kind);
  const all = [
    ...(takes("wallet") ? [wallet] : []),
    ...(takes("passkey") ? passkeys.map((each) => each.waitsUntil) : []),
  ];
  const waits = all.filter((at) => at !== null).toSorted((a, b) => a.getTime() - b.getTime());
  return waits[0] ?? null;
}

export const WAY_NAMES: Record<Way, string> = { click: "A click", passkey: "My passkey", wallet: "My wallet" };
