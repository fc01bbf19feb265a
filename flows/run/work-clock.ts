import type { OperationId } from "../basics/ids";
import { deadlineOperation } from "./operations";
import type { RunState, StepState, WorkClock } from "./state";
import { stepStateAt } from "./step-state";

/**
 * The clock of a run as it goes on from an event: it runs while the run is at work, and stands while everything that is
 * open waits for people. [R28]
 */
export function clockAt(state: RunState, nowMs: number): WorkClock | null {
  const { clock } = state;
  if (!clock) return null;
  const runs = state.phase.in !== "finished" && !state.ending && isAtWork(state);
  if (runs) return clock.dueAtMs === null ? { ...clock, dueAtMs: nowMs + clock.leftMs } : clock;
  return clock.dueAtMs === null ? clock : { leftMs: Math.max(clock.dueAtMs - nowMs, 0), dueAtMs: null };
}

/** Whether an operation is the timer of this run's clock, and the clock is running. */
export function isClockOf({ run, clock }: RunState, operation: OperationId): boolean {
  return clock?.dueAtMs != null && operation === deadlineOperation(run);
}

function isAtWork({ phase, open, steps }: RunState): boolean {
  return phase.in !== "running" || open.some((slot) => !waitsForPeople(stepStateAt(steps, slot)));
}

function waitsForPeople(stands: StepState): boolean {
  if (stands.in === "unknown") return stands.askAgainAtMs === null;
  return stands.in === "asking" || stands.in === "halted";
}
