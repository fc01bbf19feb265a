import type { Status } from "@/components/ui/status-mark";
import type { RunStatus } from "@/flows/run/status";
import type { StepStatus, StepView } from "@/flows/run/view";
import { partWords } from "./model-steps";

type Shown = { status: Status; word: string };

/** How a run's state is drawn and named, the same on every screen. */
const RUN_SHOWN = {
  queued: { status: "waiting", word: "Queued" },
  running: { status: "running", word: "Running" },
  waiting: { status: "needs_you", word: "Needs approval" },
  paused: { status: "paused", word: "Paused" },
  unknown: { status: "outcome_unknown", word: "Outcome unknown" },
  succeeded: { status: "done", word: "Succeeded" },
  failed: { status: "failed", word: "Failed" },
  cancelled: { status: "stopped", word: "Stopped" },
} satisfies Record<RunStatus, Shown>;

type Stands = { status: RunStatus; fault?: string | null };

/** A run that stopped at a fault of ours stands still, whatever it was doing. */
export function runShown({ status, fault = null }: Stands): Shown {
  return fault === null ? RUN_SHOWN[status] : { status: "failed", word: "Stopped by a fault" };
}

/** Where its steps are known, a run that waits for a time is told from one that waits for a person. */
export function runShownWith(run: Stands, steps: readonly Pick<StepView, "status">[]): Shown {
  const waits = run.status === "waiting" && !run.fault && !steps.some(({ status }) => status === "needs_you");
  return waits ? { status: "waiting", word: "Waiting" } : runShown(run);
}

const STEP_SHOWN = {
  waiting: { status: "waiting", word: "Waiting" },
  running: { status: "running", word: "Running" },
  paused: { status: "paused", word: "Paused" },
  needs_you: { status: "needs_you", word: "Needs approval" },
  unknown: { status: "outcome_unknown", word: "Outcome unknown" },
  done: { status: "done", word: "Done" },
  failed: { status: "failed", word: "Failed" },
  skipped: { status: "skipped", word: "Skipped" },
} satisfies Record<StepStatus, Shown>;

/** A closed approval says which way it went; a condition says what it found. */
export function stepShown({ status, op, port, code }: Pick<StepView, "status" | "op" | "port" | "code">): Shown {
  if (code === "approval_denied" || port === "denied") return { status: "denied", word: "Refused" };
  if (status === "done" && op === "ask") return { status: "done", word: "Approved" };
  if (status === "done" && op === "choose") return { status: "done", word: port === "yes" ? "Yes" : "No" };
  return STEP_SHOWN[status];
}

export const isOver = (status: RunStatus): boolean =>
  status === "succeeded" || status === "failed" || status === "cancelled";

type Named = Pick<StepView, "node" | "path"> & Partial<Pick<StepView, "step" | "op" | "agent">>;

/** A step by the title of its node, and the rounds that it was done in, counted from 1; of a model its turn and its call. */
export function titleOf(
  { node, path, step, op, agent = null }: Named,
  titles: Readonly<Record<string, string>>,
): string {
  const title = titles[node] ?? node;
  const part = step && op ? partWords({ step, path, op }, agent) : null;
  if (part !== null) return `${title}, ${part}`;
  return path.length === 0 ? title : `${title}, round ${path.map((round) => round + 1).join(".")}`;
}
