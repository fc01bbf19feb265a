import { z } from "zod";
import { type AccountId, Approver, type Capacity } from "../basics/ids";
import { EvidenceNeed } from "./evidence";

const Way = z.array(z.union([z.string(), z.number().int().nonnegative()]));
const place = { field: z.string(), at: Way, title: z.string() };

/** A value that whoever answers may change, and the bounds that it stays in. `at` leads into the value that is shown. */
export const Editable = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("number"), ...place, least: z.number(), most: z.number(), whole: z.boolean() }),
  z.strictObject({ type: z.literal("text"), ...place, most: z.number().int().positive() }),
  z.strictObject({ type: z.literal("choice"), ...place, among: z.array(z.string()) }),
  z.strictObject({ type: z.literal("yes_no"), ...place }),
]);
export type Editable = z.infer<typeof Editable>;

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** When people work: 1 is Monday, 7 is Sunday. A window that ends before it begins goes on after midnight. */
export const WorkingHours = z.strictObject({
  zone: z.string(),
  days: z.array(z.number().int().min(1).max(7)),
  from: Clock,
  to: Clock,
});
export type WorkingHours = z.infer<typeof WorkingHours>;

/** Who is asked as well once nobody has decided for so long, counted in `hours` where there are any. */
export const Rung = z.strictObject({
  afterMs: z.number().int().positive(),
  hours: WorkingHours.nullable(),
  approvers: z.array(Approver),
});
export type Rung = z.infer<typeof Rung>;

/**
 * What it takes to decide. `least` is what the yeses have to come to and `against` what the noes do; an approver that
 * `weights` does not name counts one. `starter: "barred"`: whoever started the run has no vote, in no capacity.
 * `evidence` is what a yes has to come with, absent where a click will do; a no stops, and never needs more than that.
 */
export const Agreement = z.strictObject({
  least: z.number().int().positive(),
  against: z.number().int().positive(),
  weights: z.record(z.string(), z.number().int().positive()),
  starter: z.enum(["barred", "may"]),
  edits: z.array(Editable),
  ladder: z.array(Rung),
  evidence: EvidenceNeed.optional(),
});
export type Agreement = z.infer<typeof Agreement>;

/**
 * What of it a rule of a policy says; the rest no rule can: nothing is edited in a payment, and whether whoever started the
 * run has a vote is read off the approvers.
 */
export const RuleAgreement = Agreement.pick({ least: true, against: true, weights: true, evidence: true });
export type RuleAgreement = z.infer<typeof RuleAgreement>;

/** Whoever is asked, and what it takes: of an approval, or of a rule of a policy. */
export type Asked = { approvers: readonly Approver[]; agreement?: Agreement | undefined };

/** One yes is enough, one no refuses. */
export const SIMPLE: Agreement = { least: 1, against: 1, weights: {}, starter: "may", edits: [], ladder: [] };

export function agreementOf({ agreement }: Asked): Agreement {
  return agreement ?? SIMPLE;
}

/** One capacity in which a question can be answered, what such an answer counts, and on which rung it is asked, from 0. */
export type Seat = { as: Capacity; weight: number; rung: number };

/**
 * Every capacity in which a question can be answered, those of its ladder among them. `@starter` pays for the run: nobody,
 * where that is not known.
 */
export function seatsOf(asked: Asked, payer: AccountId | null): Seat[] {
  const { ladder, weights } = agreementOf(asked);
  const rungs = [asked.approvers, ...ladder.map(({ approvers }) => approvers)];
  const seats = new Map<Capacity, Seat>();
  for (const [rung, approvers] of rungs.entries())
    for (const approver of approvers) {
      const as = approver === "@starter" ? payer : approver;
      if (as === null) continue;
      const weight = weightOf(weights, approver);
      const known = seats.get(as);
      seats.set(as, known ? { ...known, weight: Math.max(known.weight, weight) } : { as, weight, rung });
    }
  return [...seats.values()];
}

/** What an approver counts: one, unless they are named. */
export function weightOf(weights: Agreement["weights"], approver: string): number {
  return Object.hasOwn(weights, approver) ? (weights[approver] ?? 1) : 1;
}

/** Everybody that a question can come to. */
export function everybodyAsked(asked: Asked): Approver[] {
  return [...new Set([...asked.approvers, ...agreementOf(asked).ladder.flatMap(({ approvers }) => approvers)])].sort();
}

export function isGroup(as: Approver): as is Exclude<Capacity, AccountId> {
  return as !== "@starter" && as.startsWith("@");
}
