import type { Money } from "../basics/money";
import { at, withChanges } from "../basics/sparse";
import type { Plan, Step } from "../plan/plan";
import { type Command, clockCommands, runCommands, stepCommands } from "./commands";
import type { Debug } from "./events";
import { pathOf, type Round, type Spot, spotAt, spotKey } from "./spots";
import type { Agreed, Outcome, Receipt, RoundState, RunPhase, RunState, StepState, Why } from "./state";
import { asRound, asStep } from "./step-state";
import type { Standings } from "./takes";
import { clockAt } from "./work-clock";

/**
 * One event at work: what it has changed so far. It never leaves `transition`, and lets a step that closes open others
 * without copying the state for each of them. `closed` and `settled` are what is still to be followed up.
 */
export type Draft = {
  readonly plan: Plan;
  readonly before: RunState;
  readonly nowMs: number;
  readonly changed: Map<number, StepState | RoundState | undefined>;
  readonly open: Set<number>;
  readonly receipts: Receipt[];
  readonly reasons: Map<Receipt, Why>;
  readonly withdrawn: Command[];
  readonly closed: { spot: Spot; port: string | null }[];
  readonly settled: Map<number, Round>;
  readonly agreed: Map<number, Agreed>;
  readonly purses: Map<number, Money>;
  phase: RunPhase;
  ending: Outcome | null;
  left: Money;
  spent: Money;
  paused: boolean;
  debug: Debug | undefined;
  /** Halted steps that this event lets go on, whatever holds the others. */
  readonly letGo: Set<number>;
  /** Pins that this event has used up: each serves once. */
  readonly usedPins: Set<string>;
};

const OPEN = new Set<StepState["in"]>([
  "judging",
  "calling",
  "capturing",
  "deciding",
  "asking",
  "waiting",
  "resting",
  "halted",
  "unknown",
]);
const SETTLED = new Set<StepState["in"]>(["closed", "skipped", "failed"]);

export function draftOf(plan: Plan, before: RunState, nowMs: number): Draft {
  const { phase, ending, left, spent, paused, debug } = before;
  const agreed = bySlot(before.agreed);
  const purses = bySlot(before.purses ?? {});
  const made = {
    changed: new Map(),
    open: new Set(before.open),
    receipts: [],
    reasons: new Map(),
    withdrawn: [],
    closed: [],
  };
  const steered = { paused, debug, letGo: new Set<number>(), usedPins: new Set<string>() };
  return { plan, before, nowMs, ...made, settled: new Map(), agreed, purses, phase, ending, left, spent, ...steered };
}

export function standing(draft: Draft, slot: number): StepState {
  return asStep(kept(draft, slot), slot);
}

export function roundState(draft: Draft, { base }: Round): RoundState | null {
  return asRound(kept(draft, base));
}

export function stepAt(draft: Draft, spot: Spot): Step {
  const step = draft.plan.steps[spot.step];
  if (!step) throw new RangeError(`the plan has no step ${spot.step}`);
  return step;
}

/** Names a step in these rounds among those of all runs. */
export function nameOf({ before: { run } }: Draft, { id, round }: Spot): string {
  return `${run}/${spotKey(id, pathOf({ round }))}`;
}

/** Moves one step, and keeps the counts that say what is open and what is settled. */
export function move(draft: Draft, spot: Spot, to: StepState): void {
  const wasSettled = SETTLED.has(standing(draft, spot.slot).in);
  draft.changed.set(spot.slot, to);
  if (OPEN.has(to.in)) draft.open.add(spot.slot);
  else draft.open.delete(spot.slot);
  if (wasSettled || !SETTLED.has(to.in)) return;
  draft.agreed.delete(spot.slot);
  draft.purses.delete(spot.slot);
  const round = roundState(draft, spot.round);
  if (round?.in === "round") draft.changed.set(spot.round.base, { ...round, settled: round.settled + 1 });
  for (let each: Round | undefined = spot.round; each; each = each.above?.round) draft.settled.set(each.base, each);
}

/** Changes what is kept of a round; null forgets it. */
export function moveRound(draft: Draft, { base }: Round, to: RoundState | null): void {
  draft.changed.set(base, to ?? undefined);
}

/** Whether nothing may be opened in a round any more: the run is coming to its end, or a round around it is. [R1] */
export function isOver(draft: Draft, round: Round): boolean {
  if (draft.ending) return true;
  for (let each: Round | undefined = round; each; each = each.above?.round) {
    const state = roundState(draft, each);
    if (state?.in === "round" && state.ending) return true;
  }
  return false;
}

/** Looks values up as the draft has them now. */
export function draftStandings(draft: Draft): Standings {
  return { plan: draft.plan, input: draft.before.input, standing: (slot) => standing(draft, slot) };
}

/** The state that the draft leads to. */
export function stateOf(draft: Draft): RunState {
  const { before, changed, open, phase, ending, left, spent, agreed, purses, paused, debug } = draft;
  const steps = changed.size === 0 ? before.steps : withChanges(before.steps, changed);
  const opened = [...open].sort((a, b) => a - b);
  const moved = {
    ...before,
    steps,
    open: opened,
    phase,
    ending,
    left,
    spent,
    agreed: Object.fromEntries(agreed),
    paused,
    ...(purses.size > 0 || before.purses ? { purses: Object.fromEntries(purses) } : {}),
  };
  const state: RunState = debug ? { ...moved, debug: withoutPins(debug, draft.usedPins) } : moved;
  return { ...state, clock: clockAt(state, draft.nowMs) };
}

function bySlot<Part>(kept: Readonly<Record<number, Part>>): Map<number, Part> {
  return new Map(Object.entries(kept).map(([slot, each]) => [Number(slot), each]));
}

function withoutPins(debug: Debug, used: ReadonlySet<string>): Debug {
  if (used.size === 0) return debug;
  return { ...debug, pins: Object.fromEntries(Object.entries(debug.pins).filter(([key]) => !used.has(key))) };
}

/** Only what the event moved asks for something; what was open before has been asked for already. */
export function freshCommands(draft: Draft, state: RunState): Command[] {
  const moved = [...draft.changed.keys()].filter((slot) => draft.open.has(slot)).sort((a, b) => a - b);
  const ofRun = state.phase === draft.before.phase ? [] : runCommands(state);
  const ofClock = state.clock?.dueAtMs === draft.before.clock?.dueAtMs ? [] : clockCommands(state);
  const ofSteps = moved.flatMap((slot) => stepCommands(draft.plan, state, spotAt(draft.plan, slot)));
  return [...draft.withdrawn, ...ofSteps, ...ofClock, ...ofRun];
}

function kept(draft: Draft, slot: number): StepState | RoundState | undefined {
  return draft.changed.has(slot) ? draft.changed.get(slot) : at(draft.before.steps, slot);
}
