import type { AccountId, AgentId, Digest, NodeId, OperationId, StepId } from "../basics/ids";
import { at } from "../basics/indexed";
import type { Money } from "../basics/money";
import type { Plan } from "../plan/plan";
import { indexOfPlan } from "../plan/plan-index";
import type { RunEvent } from "./events";
import { stepOfOperation, stepOperation } from "./operations";
import type { Receipt, RunState, StepState } from "./state";
import { standingsOf, type Takes, takesOf } from "./takes";
import { transition } from "./transition";

/** One step in the words of the screen. */
export type StepStatus = "waiting" | "running" | "needs_you" | "unknown" | "done" | "failed" | "skipped";

/** What one step did so far. Units: milliseconds since the epoch. `output` is a whole value, by digest. */
export type StepView = {
  step: StepId;
  node: NodeId;
  op: "call" | "ask" | "choose";
  status: StepStatus;
  openedAtMs: number | null;
  closedAtMs: number | null;
  input: Takes | null;
  output: Digest | null;
  port: string | null;
  agent: AgentId | null;
  cap: Money | null;
  paid: Money | null;
  by: AccountId | null;
  code: string | null;
  reason: string | null;
  /** What the agent said about how it worked, e.g. which mode answered. */
  detail: Readonly<Record<string, string>>;
  question: { operation: OperationId; subject: Digest; untilMs: number } | null;
};

export type RunView = { state: RunState | null; steps: readonly StepView[] };

/** A journal as a timeline: every step with what it was given, what it gave, what it cost and how long it took. */
export function viewOf(plan: Plan, journal: Iterable<RunEvent>): RunView {
  const views = plan.steps.map(blank);
  let state: RunState | null = null;
  for (const event of journal) {
    const next = transition(plan, state, event);
    if (next.state === state) continue;
    const opened = next.state.open.filter((place) => !state?.open.includes(place));
    for (const place of opened) views[place] = { ...mustBe(views[place]), openedAtMs: event.atMs };
    for (const receipt of next.receipts) settle(plan, views, receipt);
    heed(plan, views, event);
    state = next.state;
  }
  return { state, steps: state ? views.map((view, place) => stand(plan, view, { state, place })) : views };
}

function blank({ id, node, instruction }: Plan["steps"][number]): StepView {
  const call = instruction.op === "call" ? instruction : null;
  return {
    ...{ step: id, node, op: instruction.op, status: "waiting", openedAtMs: null, closedAtMs: null },
    ...{ input: null, output: null, port: null, agent: call?.agent ?? null, cap: call?.cap ?? null, paid: null },
    ...{ by: null, code: null, reason: null, detail: {}, question: null },
  };
}

function settle(plan: Plan, views: StepView[], receipt: Receipt): void {
  const place = indexOfPlan(plan).placeOf.get(receipt.step) ?? -1;
  const { output, port, paid, by, code, atMs } = receipt;
  views[place] = { ...mustBe(views[place]), output, port, paid, by, code, closedAtMs: atMs };
}

/** What only the event itself says: why a step was refused, and how an agent worked. */
function heed(plan: Plan, views: StepView[], event: RunEvent): void {
  if (!("operation" in event)) return;
  const step = stepOfOperation(event.operation);
  const place = step ? indexOfPlan(plan).placeOf.get(step) : undefined;
  const view = place === undefined ? undefined : views[place];
  if (place === undefined || !view) return;
  if (event.type === "effect_refused") views[place] = { ...view, reason: event.reason };
  if (event.type === "call_delivered") views[place] = { ...view, detail: event.detail, output: event.output };
}

function stand(plan: Plan, view: StepView, { state, place }: { state: RunState; place: number }): StepView {
  const step = plan.steps[place];
  const stands = at(state.steps, place);
  if (!step || stands.in === "blocked") return state.ending ? { ...view, status: "skipped" } : view;
  const input = view.openedAtMs === null ? null : takesOf(standingsOf(state), step);
  return { ...view, input, status: STATUS_OF[stands.in], question: questionOf(state, view.step, stands) };
}

const STATUS_OF = {
  blocked: "waiting",
  calling: "running",
  capturing: "running",
  deciding: "running",
  unknown: "unknown",
  asking: "needs_you",
  closed: "done",
  skipped: "skipped",
  failed: "failed",
} as const satisfies Record<StepState["in"], StepStatus>;

function questionOf(state: RunState, step: StepId, stands: StepState): StepView["question"] {
  if (stands.in !== "asking") return null;
  return { operation: stepOperation(state.run, step, "asking"), subject: stands.subject, untilMs: stands.untilMs };
}

function mustBe(view: StepView | undefined): StepView {
  if (!view) throw new RangeError("a receipt names a step that the plan does not have");
  return view;
}
