import { at, withChanges } from "../basics/indexed";
import type { Money } from "../basics/money";
import type { Plan, Step } from "../plan/plan";
import { type Command, runCommands, stepCommands } from "./commands";
import type { Outcome, Receipt, RunPhase, RunState, StepState } from "./state";
import type { Standings } from "./takes";

/**
 * One event at work: what it has changed so far. It never leaves `transition`, and lets a step that closes open others
 * without copying the state for each of them.
 */
export type Draft = {
  readonly plan: Plan;
  readonly before: RunState;
  readonly nowMs: number;
  readonly changed: Map<number, StepState>;
  readonly open: Set<number>;
  readonly receipts: Receipt[];
  readonly withdrawn: Command[];
  phase: RunPhase;
  ending: Outcome | null;
  left: Money;
  spent: Money;
  settled: number;
};

const OPEN: readonly StepState["in"][] = ["calling", "capturing", "deciding", "asking", "unknown"];
const SETTLED: readonly StepState["in"][] = ["closed", "skipped", "failed"];

export function draftOf(plan: Plan, before: RunState, nowMs: number): Draft {
  const { phase, ending, left, spent, settled } = before;
  const made = { changed: new Map(), open: new Set(before.open), receipts: [], withdrawn: [] };
  return { plan, before, nowMs, ...made, phase, ending, left, spent, settled };
}

export function standing(draft: Draft, place: number): StepState {
  return draft.changed.get(place) ?? at(draft.before.steps, place);
}

export function stepAt(draft: Draft, place: number): Step {
  const step = draft.plan.steps[place];
  if (!step) throw new RangeError(`the plan has no step ${place}`);
  return step;
}

/** Moves one step, and keeps the counts that say what is open and what is settled. */
export function move(draft: Draft, place: number, to: StepState): void {
  if (!SETTLED.includes(standing(draft, place).in) && SETTLED.includes(to.in)) draft.settled += 1;
  draft.changed.set(place, to);
  if (OPEN.includes(to.in)) draft.open.add(place);
  else draft.open.delete(place);
}

/** Looks values up as the draft has them now. */
export function draftStandings(draft: Draft): Standings {
  return { input: draft.before.input, standing: (place) => standing(draft, place) };
}

/** The state that the draft leads to. */
export function stateOf(draft: Draft): RunState {
  const { before, changed, open, phase, ending, left, spent, settled } = draft;
  const steps = changed.size === 0 ? before.steps : withChanges(before.steps, changed);
  return { ...before, steps, open: [...open].sort((a, b) => a - b), phase, ending, left, spent, settled };
}

/** Only what the event moved asks for something; what was open before has been asked for already. */
export function freshCommands(draft: Draft, state: RunState): Command[] {
  const moved = [...draft.changed.keys()].sort((a, b) => a - b);
  const ofRun = state.phase === draft.before.phase ? [] : runCommands(state);
  return [...draft.withdrawn, ...moved.flatMap((place) => stepCommands(draft.plan, state, place)), ...ofRun];
}
