import type { RunState, StepState } from "./state";
import { stepStateAt } from "./step-state";

const STANDS_STILL = new Set<StepState["in"]>(["asking", "waiting", "halted"]);

/** A run in one word, for lists. `unknown`: an effect's outcome is being asked for, or a person has to tell. */
export type RunStatus = "queued" | "running" | "waiting" | "paused" | "unknown" | "succeeded" | "failed" | "cancelled";

export function statusOf(state: RunState): RunStatus {
  if (state.phase.in === "finished") return state.ending?.result ?? "failed";
  if (state.phase.in === "reserving") return "queued";
  if (state.phase.in === "unknown") return "unknown";
  const open = state.open.map((slot) => stepStateAt(state.steps, slot).in);
  if (open.includes("unknown")) return "unknown";
  if (open.length === 0 || !open.every((each) => STANDS_STILL.has(each))) return "running";
  return open.includes("halted") ? "paused" : "waiting";
}
