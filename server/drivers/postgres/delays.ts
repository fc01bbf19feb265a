import type { RunId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import { ABANDONED } from "@/flows/run/closing";
import { unrepeatable } from "@/flows/run/commands";
import { spotOfOperation } from "@/flows/run/operations";
import type { RunState } from "@/flows/run/state";
import { stepStateAt } from "@/flows/run/step-state";
import type { Happening, OutboxKey, Outgoing, Standing } from "./standing";

/** When a call of a paused run is due; no limit delays one so far. */
export const UNTIL_RESUMED_MS = Date.UTC(9999, 0);

/** The turn that a call is given, and whether it may have been sent; null for one that has none any more. */
export type Delay = { notBeforeMs: number | null; sent: boolean };

/** Whether a call waits for its run to go on. */
export function isHeldUp({ notBeforeMs }: Outgoing): boolean {
  return notBeforeMs === UNTIL_RESUMED_MS;
}

/**
 * A call that is over a limit waits in the outbox until its turn, and delays nothing but itself. Its agent's deadline is
 * not running meanwhile: `deadlineMs` goes out with the request and counts from there. The state's own `untilMs` counts
 * from when the call was opened, but it only ends asking again after lost answers, which is done three times whatever
 * the time.
 */
export function isDelayed({ notBeforeMs }: Outgoing, nowMs: number): boolean {
  return notBeforeMs !== undefined && notBeforeMs > nowMs;
}

/**
 * The calls of a run that is taken up which whoever held it before may have made. One that may be made once is marked
 * before it is, and one whose turn is still to come was not made.
 */
export function madeBefore({ plan, outbox }: Standing, nowMs: number): ReadonlySet<OutboxKey> {
  const may = ([, outgoing]: [OutboxKey, Outgoing]) =>
    outgoing.command.do === "call" && unrepeatable(plan, outgoing.command) === null && !isDelayed(outgoing, nowMs);
  return new Set([...outbox].filter(may).map(([key]) => key));
}

type Place = { run: RunId; plan: Plan; state: RunState | null };

/**
 * What becomes of a call whose turn had not come when its run began to end: nobody made it, so nobody is owed anything.
 * Null for every other call: one that may have been made before is asked for again, as it would be without a limit.
 */
export function abandoned(place: Place, key: OutboxKey, outgoing: Outgoing): Pick<Happening, "event" | "of"> | null {
  if (!place.state?.ending || !wasNotMade(place, outgoing)) return null;
  return { event: { type: "effect_refused", operation: outgoing.command.operation, ...ABANDONED }, of: key };
}

/** Whether this is a call that nobody can have made yet, as long as it has not left this worker. */
export function wasNotMade(
  { run, plan, state }: Place,
  outgoing: Outgoing,
): outgoing is Outgoing & { command: { do: "call" } } {
  const { command, sent } = outgoing;
  if (!state || sent || command.do !== "call") return false;
  const spot = spotOfOperation(plan, run, command.operation);
  const stands = spot ? stepStateAt(state.steps, spot.slot) : null;
  return stands?.in === "calling" && stands.tries === 0;
}
