import type { AccountId, AgentId, Digest, NodeId, OperationId, StepId } from "../basics/ids";
import type { Money } from "../basics/money";
import { at } from "../basics/sparse";
import { type Instruction, isPaying } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { indexOfPlan, RUN } from "../plan/plan-index";
import { unitsWords } from "../types/price-words";
import type { RunEvent } from "./events";
import { awaitedLeg, spotOfOperation, stepOperation } from "./operations";
import { pathOf, type Spot, spotAt, spotOn } from "./spots";
import type { Receipt, RunState, StepState } from "./state";
import { asRound, asStep, stepStateAt } from "./step-state";
import { standingsOf, type Takes, takesOf } from "./takes";
import { transition } from "./transition";

/** One step in the words of the screen. */
export type StepStatus = "waiting" | "running" | "paused" | "needs_you" | "unknown" | "done" | "failed" | "skipped";

/** What one step did so far. Units: milliseconds since the epoch. `output` is a whole value, by digest. */
export type StepView = {
  /** Names this step in these rounds: `summarise@2`. */
  key: string;
  step: StepId;
  node: NodeId;
  /** In which rounds of the containers around it; [] for a step of a body that has not begun. */
  path: readonly number[];
  op: Instruction["op"];
  status: StepStatus;
  openedAtMs: number | null;
  closedAtMs: number | null;
  input: Takes | null;
  output: Digest | null;
  port: string | null;
  agent: AgentId | null;
  cap: Money | null;
  paid: Money | null;
  /** What a metered agent said it worked on, in words: `12 pages`. */
  units: string | null;
  by: AccountId | null;
  code: string | null;
  reason: string | null;
  /** What the agent said about how it worked, e.g. which mode answered. */
  detail: Readonly<Record<string, string>>;
  question: { operation: OperationId; subject: Digest; untilMs: number } | null;
  /** It was not executed: what it came to was pinned, mocked, or taken from another run. */
  pinned: boolean;
  /** The call of which nobody knows whether it was carried out, and that is not made again: a person has to tell. */
  unsettled: OperationId | null;
};

export type RunView = { state: RunState | null; steps: readonly StepView[] };

/** A journal as a timeline: every step with what it was given, what it gave, what it cost and how long it took. */
export function viewOf(plan: Plan, journal: Iterable<RunEvent>): RunView {
  const views = new Map<number, StepView>();
  let state: RunState | null = null;
  for (const event of journal) {
    const next = transition(plan, state, event);
    if (next.state === state) continue;
    const before = new Set(state?.open);
    for (const slot of next.state.open)
      if (!before.has(slot)) opened(views, { plan, state: next.state, spot: spotAt(plan, slot) }, event.atMs);
    for (const receipt of next.receipts) settle(plan, views, receipt);
    heed(plan, views, { event, run: next.state.run });
    state = next.state;
  }
  return { state, steps: inOrder(plan, views, state) };
}

type At = { plan: Plan; state: RunState; spot: Spot };

/** A step may open more than once, as a loop does for each of its conditions: the first time counts. */
function opened(views: Map<number, StepView>, { plan, state, spot }: At, atMs: number): void {
  const view = views.get(spot.slot) ?? blank(plan, spot.step, pathOf(spot));
  const input = view.input ?? takesOf(standingsOf(plan, state), spot);
  views.set(spot.slot, { ...view, openedAtMs: view.openedAtMs ?? atMs, input });
}

function blank(plan: Plan, place: number, path: readonly number[]): StepView {
  const step = plan.steps[place];
  if (!step) throw new RangeError(`the plan has no step ${place}`);
  const { id, node, instruction } = step;
  const agent = instruction.op === "call" ? instruction.agent : null;
  const cap = isPaying(instruction) ? instruction.cap : null;
  return {
    ...{
      key: [id, ...(path.length > 0 ? [path.join(".")] : [])].join("@"),
      step: id,
      node,
      path,
      op: instruction.op,
      status: "waiting",
      openedAtMs: null,
      closedAtMs: null,
    },
    ...{ input: null, output: null, port: null, agent, cap, paid: null, units: null },
    ...{ by: null, code: null, reason: null, detail: {}, question: null, pinned: false, unsettled: null },
  };
}

function settle(plan: Plan, views: Map<number, StepView>, receipt: Receipt): void {
  const place = indexOfPlan(plan).placeOf.get(receipt.step);
  const spot = place === undefined ? null : spotOn(plan, place, receipt.path);
  if (!spot) throw new RangeError("a receipt names a step that the plan does not have");
  const { output, port, paid, by, code, atMs } = receipt;
  const view = views.get(spot.slot) ?? blank(plan, spot.step, receipt.path);
  const status = code === null && port !== "failed" ? "done" : WITHDRAWN.has(code ?? "") ? "skipped" : "failed";
  const agreedBy = by ?? receipt.consent?.by ?? null;
  views.set(spot.slot, {
    ...view,
    output,
    port,
    paid,
    units: unitsOf(plan, spot.step, receipt),
    by: agreedBy,
    code,
    closedAtMs: atMs,
    status,
    pinned: receipt.pinned ?? false,
  });
}

function unitsOf(plan: Plan, step: number, { units }: Receipt): string | null {
  const instruction = plan.steps[step]?.instruction;
  const metered = instruction?.op === "call" ? instruction.metered : undefined;
  if (!metered || units === undefined) return null;
  const told = unitsWords(units, metered.unit);
  return units > metered.maxPerCall ? `${told}, of which ${metered.maxPerCall} are paid for` : told;
}

const WITHDRAWN = new Set(["question_withdrawn", "wait_withdrawn"]);

/** What only the event itself says: why a step was refused, and how an agent worked. */
function heed(
  plan: Plan,
  views: Map<number, StepView>,
  { event, run }: { event: RunEvent; run: RunState["run"] },
): void {
  if (!("operation" in event)) return;
  const spot = spotOfOperation(plan, run, event.operation);
  const view = spot ? views.get(spot.slot) : undefined;
  if (!spot || !view) return;
  if (event.type === "effect_refused") views.set(spot.slot, { ...view, reason: event.reason });
  const delivered = event.type === "outcome_told" ? event.delivered : event.type === "call_delivered" ? event : null;
  if (delivered) views.set(spot.slot, { ...view, detail: delivered.detail, output: delivered.output });
}

/** By place in the plan and then by round; a body that never began stands there once, waiting or skipped. */
function inOrder(plan: Plan, views: ReadonlyMap<number, StepView>, state: RunState | null): StepView[] {
  const { containerOf, placeOf } = indexOfPlan(plan);
  const seen = new Map<number, [number, StepView][]>();
  for (const [slot, view] of views) {
    const place = placeOf.get(view.step) ?? -1;
    seen.set(place, [...(seen.get(place) ?? []), [slot, view]]);
  }
  return plan.steps.flatMap((_, place) => {
    const known = (seen.get(place) ?? []).sort(([a], [b]) => a - b);
    if (known.length > 0) return known.map(([slot, view]) => (state ? stand(plan, view, { state, slot }) : view));
    const view = blank(plan, place, []);
    const top = containerOf[place] === RUN ? spotOn(plan, place, []) : null;
    if (state && top) return [stand(plan, view, { state, slot: top.slot })];
    return [state && isPast(plan, place, state) ? { ...view, status: "skipped" } : view];
  });
}

const PAST: ReadonlySet<StepState["in"]> = new Set(["closed", "skipped", "failed"]);

/** Whether a step of a body can not be opened any more: the run is ending, or the outermost container around it is over. */
function isPast(plan: Plan, place: number, state: RunState): boolean {
  if (state.ending) return true;
  const { containerOf } = indexOfPlan(plan);
  let around = place;
  while ((containerOf[around] ?? RUN) !== RUN) around = containerOf[around] ?? RUN;
  const outermost = spotOn(plan, around, []);
  return outermost !== null && PAST.has(stepStateAt(state.steps, outermost.slot).in);
}

/** How a step stands now; of one whose round is over, what its receipt said stays. */
function stand(plan: Plan, view: StepView, { state, slot }: { state: RunState; slot: number }): StepView {
  const found = at(state.steps, slot);
  if (asRound(found)) return view;
  const stands = asStep(found, slot);
  if (stands.in === "blocked") {
    if (view.closedAtMs !== null || view.openedAtMs !== null) return view;
    return state.ending ? { ...view, status: "skipped" } : view;
  }
  const spot = spotAt(plan, slot);
  const shown = { question: questionOf(state, spot, stands), unsettled: unsettledOf(state, spot, stands) };
  const hasFallenBack = stands.in === "closed" && stands.port === "failed";
  return { ...view, status: hasFallenBack ? "failed" : statusOf(stands), ...shown };
}

const statusOf = (stands: StepState): StepStatus =>
  stands.in === "unknown" && stands.atWork ? "running" : STATUS_OF[stands.in];

function unsettledOf(state: RunState, spot: Spot, stands: StepState): OperationId | null {
  const leg = awaitedLeg(stands);
  const mustTell = stands.in === "unknown" && stands.askAgainAtMs === null && leg !== null;
  return mustTell ? stepOperation(state.run, spot, leg) : null;
}

const STATUS_OF = {
  blocked: "waiting",
  judging: "running",
  calling: "running",
  capturing: "running",
  deciding: "running",
  iterating: "running",
  waiting: "running",
  resting: "running",
  halted: "paused",
  unknown: "unknown",
  asking: "needs_you",
  closed: "done",
  skipped: "skipped",
  failed: "failed",
} as const satisfies Record<StepState["in"], StepStatus>;

function questionOf(state: RunState, spot: Spot, stands: StepState): StepView["question"] {
  if (stands.in !== "asking") return null;
  const operation = stepOperation(state.run, spot, { leg: "ask", part: stands.part ?? 0 });
  return { operation, subject: stands.subject, untilMs: stands.untilMs };
}
