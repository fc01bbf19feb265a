import type { RunState } from "./state";
import { stepStateAt } from "./step-state";

/** A run in one word, for lists. `unknown`: an effect's outcome is being asked for, or a person has to tell. */
export type RunStatus = "queued" | "running" | "waiting" | "unknown" | "succeeded" | "failed" | "cancelled";

export function statusOf(state: RunState): RunStatus {
  if (state.phase.in === "finished") return state.ending?.result ?? "failed";
  if (state.phase.in === "reserving") return "queued";
  if (state.phase.in === "unknown") return "unknown";
  const open = state.open.map((slot) => stepStateAt(state.steps, slot).in);
  if (open.includes("unknown")) return "unknown";
  return open.length > 0 && open.every((each) => each === "asking" || each === "waiting") ? "waiting" : "running";
}
