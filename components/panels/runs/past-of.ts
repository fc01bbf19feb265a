import type { ShownRun } from "@/components/api/answers";
import type { RunEvent } from "@/flows/run/events";
import { statusOf } from "@/flows/run/status";
import { viewOf } from "@/flows/run/view";

/** `atMs` is the moment of its last event: what was open then had been open until then. */
export type PastRun = ShownRun & { atMs: number };

/** A run as it stood after so many of its events: a fold of its journal, which asks nobody and sends nothing. */
export function pastOf(shown: ShownRun, events: readonly RunEvent[], seq: number): PastRun {
  const { state, steps } = viewOf(shown.plan, events.slice(0, seq));
  const run = { ...shown.run, fault: null, finishedAt: null };
  const stood = state ? { status: statusOf(state), spent: { ...shown.run.spent, amount: state.spent.amount } } : {};
  const past = { ...shown, run: { ...run, ...stood } as ShownRun["run"], steps, seq, paused: state?.paused ?? false };
  return { ...past, atMs: events[seq - 1]?.atMs ?? 0 };
}
