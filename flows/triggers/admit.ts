import type { Digest, RunId } from "../basics/ids";
import type { Money } from "../basics/money";
import { err, ok, type Result } from "../basics/result";

/** Runs that start one another through events: the person's own is at depth 0. */
export const MOST_DEPTH = 8;

export type Refused =
  | { code: "cap_reached"; most: Money; counted: Money; bound: Money }
  | { code: "start_too_deep"; depth: number; most: number };

export type Asked = { bound: Money; counted: Money; most: Money; depth: number };

/**
 * Whether a trigger may start one more run. `counted` is the sum of the worst cases of the runs that it started within
 * the 24 hours before, not within a day of a calendar, so that together they can never spend more than `most`. [W5] [W7]
 */
export function judgeStart({ bound, counted, most, depth }: Asked): Result<null, Refused> {
  if (depth > MOST_DEPTH) return err({ code: "start_too_deep", depth, most: MOST_DEPTH });
  const sameCurrency = bound.currency === most.currency && counted.currency === most.currency;
  if (!sameCurrency || counted.amount + bound.amount > most.amount)
    return err({ code: "cap_reached", most, counted, bound });
  return ok(null);
}

/** Firings with one key are one start: the first run answers all of them, and another body is refused. [W6] */
export function judgeKey(known: { run: RunId; digest: Digest } | null, digest: Digest): "new" | "same" | "reused" {
  if (!known) return "new";
  return known.digest === digest ? "same" : "reused";
}
