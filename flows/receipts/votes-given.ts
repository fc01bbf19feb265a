import type { AccountId } from "../basics/ids";
import { type Asked, agreementOf } from "../plan/agreement";
import { decided, hasVoted, type Vote, voteOf } from "../run/votes";

/** `payer` is null until the run has ended: no receipt says before who started it. */
type Given = { payer: AccountId | null; by: AccountId; votes: readonly Vote[] };

/**
 * What votes come to; null where one of them is none: each is given by whom the question asks, with the weight and the evidence
 * that it asks for, nobody has two, and `by` gave the last. Whoever started the run, where nobody says who, stands for `by` where
 * they have a say, and for nobody else. [R50] [R54]
 */
export function cameTo(asked: Asked, { payer, by, votes }: Given): "approved" | "denied" | null {
  const starter = payer ?? (agreementOf(asked).starter === "may" ? by : null);
  const isEach = votes.every(
    (vote, place) => voteOf(asked, starter, vote)?.weight === vote.weight && !hasVoted(votes.slice(0, place), vote),
  );
  return isEach && votes.at(-1)?.by === by ? decided(votes, agreementOf(asked)) : null;
}
