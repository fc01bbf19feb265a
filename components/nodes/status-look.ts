import type { Status } from "@/components/ui/status-mark";
import type { StepStatus } from "@/flows/run/view";

/** The screens' word for a step's status. */
export const statusOf = {
  waiting: "waiting",
  running: "running",
  paused: "paused",
  needs_you: "needs_you",
  unknown: "outcome_unknown",
  done: "done",
  failed: "failed",
  skipped: "skipped",
} as const satisfies Record<StepStatus, Status>;

/** The ground of the status edge. A waiting node has none, a skipped one fades instead. */
export const edgeOf: Record<StepStatus, string> = {
  waiting: "bg-line-strong",
  running: "bg-live",
  paused: "bg-line-strong",
  needs_you: "bg-warn",
  unknown: "bg-warn",
  done: "bg-ok",
  failed: "bg-bad",
  skipped: "bg-line",
};
