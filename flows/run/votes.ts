import { type AccountId, Capacity } from "../basics/ids";
import { type Agreement, type Asked, agreementOf, isGroup, seatsOf } from "../plan/agreement";
import type { Evidence } from "../plan/evidence";

/** One answer of one person: in which capacity, in whose place, with what evidence, in their words. */
export type Vote = {
  by: AccountId;
  as: Capacity;
  of?: AccountId | undefined;
  answer: "approved" | "denied";
  weight: number;
  atMs: number;
  evidence: Evidence;
  comment?: string | undefined;
};

type Given = Omit<Vote, "as" | "weight" | "evidence"> & {
  as?: Capacity | undefined;
  evidence?: Evidence | undefined;
};

/**
 * An answer as a vote; null when the plan gives it none. Whether somebody is in a group is a fact that comes with the answer;
 * which groups, accounts and weights there are, what a yes has to come with, and that whoever started the run has no vote
 * unless the flow says so, the plan alone decides. [R5] [R50] [R54]
 */
export function voteOf(asked: Asked, payer: AccountId | null, given: Given): Vote | null {
  const { by, of, answer, atMs, comment } = given;
  const person = of ?? by;
  if (of === by) return null;
  if (agreementOf(asked).starter === "barred" && (by === payer || person === payer)) return null;
  const as = given.as ?? Capacity.parse(person);
  const seat = seatsOf(asked, payer).find((each) => each.as === as);
  if (!seat || (!isGroup(as) && as !== person)) return null;
  const evidence = given.evidence ?? { kind: "session" };
  if (answer === "approved" && !isEnough(asked, evidence)) return null;
  const more = { ...(of ? { of } : {}), ...(comment ? { comment } : {}) };
  return { by, as, answer, weight: seat.weight, atMs, evidence, ...more };
}

/** Whether a yes counts that comes with this. [R54] */
export function isEnough(asked: Asked, { kind }: Evidence): boolean {
  const need = agreementOf(asked).evidence;
  return !need || need.kinds.includes(kind);
}

/** A person counts once, whichever lists they are on and whoever they stand in for, or is stood in for by. [R50] */
export function hasVoted(votes: readonly Pick<Vote, "by" | "of">[], { by, of }: Pick<Vote, "by" | "of">): boolean {
  const counted = new Set(votes.flatMap((vote) => [vote.by, vote.of ?? vote.by]));
  return counted.has(by) || (of !== undefined && counted.has(of));
}

/** What votes come to; null while they do not. Noes are counted first. [R50] */
export function decided(
  votes: readonly Pick<Vote, "answer" | "weight">[],
  { least, against }: Pick<Agreement, "least" | "against">,
): "approved" | "denied" | null {
  const sum = (answer: Vote["answer"]) =>
    votes.reduce((total, vote) => total + (vote.answer === answer ? vote.weight : 0), 0);
  if (sum("denied") >= against) return "denied";
  return sum("approved") >= least ? "approved" : null;
}
