import type { OperationId } from "@/flows/basics/ids";
import { isDelayed, isHeldUp } from "./delays";
import type { Happening, Outbox } from "./standing";

/** The timers among a run's commands. Units: milliseconds since the epoch. */
function timersOf(outbox: Outbox): { operation: OperationId; dueMs: number }[] {
  const timers: { operation: OperationId; dueMs: number }[] = [];
  for (const { command } of outbox.values())
    if (command.do === "start_timer") timers.push({ operation: command.operation, dueMs: command.atMs });
  return timers;
}

/** When the first of a run's timers is due, or the turn of a call that waits for it; null when nothing comes by itself. */
export function earliestDue(outbox: Outbox, nowMs: number): number | null {
  const delayed = [...outbox.values()].filter((outgoing) => isDelayed(outgoing, nowMs) && !isHeldUp(outgoing));
  const times = [
    ...timersOf(outbox).map(({ dueMs }) => dueMs),
    ...delayed.map(({ notBeforeMs = nowMs }) => notBeforeMs),
  ];
  return times.reduce<number | null>((first, ms) => Math.min(first ?? ms, ms), null);
}

/**
 * The timers that are due by this clock, or by the database's, which named them. A timer never fires before its time:
 * where the two clocks differ, its event carries the time that it was set for.
 */
export function dueTimers(outbox: Outbox, nowMs: number, named: readonly OperationId[] = []): Happening[] {
  return timersOf(outbox)
    .filter(({ operation, dueMs }) => dueMs <= nowMs || named.includes(operation))
    .map(({ operation, dueMs }) => ({
      event: { type: "timer_fired", operation },
      atMs: Math.max(dueMs, nowMs),
      of: `start_timer ${operation}`,
      mail: null,
    }));
}
