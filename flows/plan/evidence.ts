import { z } from "zod";
import { EVIDENCE, type EvidenceKind } from "../basics/evidence-kinds";
import { inMicrocredits } from "../basics/exchange";
import type { Digest } from "../basics/ids";
import { Money } from "../basics/money";

/** `digest` names the proof, where there is something to keep. */
export type Evidence = { kind: EvidenceKind; digest?: Digest | undefined };

/** By any of `kinds` a yes counts: always, or only where it can cost more than `above`. */
export const EvidenceNeed = z.strictObject({ kinds: z.array(z.enum(EVIDENCE)).min(1), above: Money.optional() });
export type EvidenceNeed = z.infer<typeof EvidenceNeed>;

/** What can be asked of a yes beside a click, by its name in settings and rules. Whatever they ask for is fresh. */
export const EVIDENCE_BY = {
  fresh: ["confirmed", "passkey", "wallet"],
  signed: ["passkey", "wallet"],
  passkey: ["passkey"],
  wallet: ["wallet"],
} as const satisfies Record<string, readonly EvidenceKind[]>;
export const EvidenceBy = z.enum(["fresh", "signed", "passkey", "wallet"]);
export type EvidenceBy = z.infer<typeof EvidenceBy>;

/** What a person did only just now: no cookie and no key gives it to an account that has something to sign with. */
export const FRESH: readonly EvidenceKind[] = EVIDENCE_BY.fresh;

/**
 * By which kinds a yes counts that can cost `bound`; null where any will do. `freshAbove` is the amount above which the
 * studio itself asks for something fresh. [R54]
 */
export function evidenceNeeded(
  need: EvidenceNeed | undefined,
  bound: readonly Money[],
  freshAbove: Money | undefined,
): readonly EvidenceKind[] | null {
  const asked = need && (need.above === undefined || isAbove(bound, need.above)) ? need.kinds : null;
  const fresh = freshAbove && isAbove(bound, freshAbove) ? FRESH : null;
  if (!asked || !fresh) return asked ?? fresh;
  return asked.filter((kind) => fresh.includes(kind));
}

/** Whether what something can cost comes to more than a limit, in whatever currencies both are. */
export function isAbove(bound: readonly Money[], limit: Money): boolean {
  const most = inMicrocredits(limit);
  return bound.reduce((total, part) => total + inMicrocredits(part), 0n) > most;
}
