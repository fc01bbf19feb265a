import type { StepId } from "../basics/ids";
import { isContainer, roundsOf } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { indexOfPlan, type PlanIndex, RUN } from "../plan/plan-index";

/** One round of a body: its first slot, the spot of the container, and which round it is, from 0. */
export type Round = { base: number; above: Spot | null; round: number };

/** One step at one iteration path: what the run keeps a state of. */
export type Spot = { slot: number; step: number; id: StepId; round: Round };

/** The only round of the run itself. */
export const WHOLE_RUN: Round = { base: 0, above: null, round: 0 };

/** The spot of a slot. Errors: RangeError for a slot that no step has, which is a bug in the caller. */
export function spotAt(plan: Plan, slot: number): Spot {
  const index = indexOfPlan(plan);
  let round = WHOLE_RUN;
  for (;;) {
    const step = lastBefore(index, round, slot);
    const spot = spotOf(index, round, step);
    if (spot.slot === slot) return spot;
    const size = index.bodies.get(step)?.size;
    if (!size) break;
    round = roundIn(size, spot, Math.floor((slot - spot.slot - 1) / size));
    if (round.base === slot) break;
  }
  throw new RangeError(`no step has slot ${slot}`);
}

/** The spot of a step with an iteration path; null when the plan has no such step, or no such round of it. */
export function spotOn(plan: Plan, step: number, path: readonly number[]): Spot | null {
  const index = indexOfPlan(plan);
  const container = index.containerOf[step];
  if (container === undefined) return null;
  if (container === RUN) return path.length === 0 ? spotOf(index, WHOLE_RUN, step) : null;
  const above = spotOn(plan, container, path.slice(0, -1));
  const number = path.at(-1);
  if (!above || number === undefined || !Number.isInteger(number)) return null;
  const round = roundAt(plan, above, number);
  return round ? spotOf(index, round, step) : null;
}

/** A round of a container; null when it has no such round. */
export function roundAt(plan: Plan, above: Spot, round: number): Round | null {
  const index = indexOfPlan(plan);
  const size = index.bodies.get(above.step)?.size ?? 0;
  const instruction = plan.steps[above.step]?.instruction;
  const rounds = instruction && isContainer(instruction) ? roundsOf(instruction) : 0;
  return round >= 0 && round < rounds ? roundIn(size, above, round) : null;
}

/** The steps of a round, each as a spot. */
export function spotsIn(plan: Plan, round: Round): Spot[] {
  const index = indexOfPlan(plan);
  const { steps } = bodyOf(index, round);
  return steps.map((step) => spotOf(index, round, step));
}

/** The slot after the last one of a round. */
export function endOf(plan: Plan, round: Round): number {
  return round.base + bodyOf(indexOfPlan(plan), round).size;
}

/** The same step's neighbour: a spot in the same round. */
export function besideOf(plan: Plan, round: Round, step: number): Spot {
  return spotOf(indexOfPlan(plan), round, step);
}

/** Where a step lies that this round, or one around it, can see: the values of outer bodies flow inwards. */
export function seenFrom(plan: Plan, from: Round, step: number): Spot {
  const index = indexOfPlan(plan);
  const container = index.containerOf[step] ?? RUN;
  for (let round: Round | undefined = from; round; round = round.above?.round)
    if ((round.above?.step ?? RUN) === container) return spotOf(index, round, step);
  throw new RangeError(`step ${step} lies in no body around this one`);
}

/** The rounds around a spot, from the outermost: its iteration path. */
export function pathOf({ round }: Pick<Spot, "round">): number[] {
  const path: number[] = [];
  for (let each: Round | undefined = round; each?.above; each = each.above.round) path.unshift(each.round);
  return path;
}

/** Names a step in these rounds: `summarise@2.0`. */
export function spotKey(step: StepId, path: readonly number[]): string {
  return path.length > 0 ? `${step}@${path.join(".")}` : step;
}

function bodyOf(index: PlanIndex, round: Round) {
  const body = index.bodies.get(round.above?.step ?? RUN);
  if (!body) throw new RangeError(`step ${round.above?.step} has no body`);
  return body;
}

function spotOf(index: PlanIndex, round: Round, step: number): Spot {
  const id = index.idOf[step];
  if (id === undefined) throw new RangeError(`the plan has no step ${step}`);
  return { slot: round.base + (index.offsetOf[step] ?? 0), step, id, round };
}

function roundIn(size: number, above: Spot, round: number): Round {
  return { base: above.slot + 1 + round * size, above, round };
}

/** The last step of a round whose slot is not behind the one that is looked for. */
function lastBefore(index: PlanIndex, round: Round, slot: number): number {
  const { steps } = bodyOf(index, round);
  let [low, high] = [0, steps.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (round.base + (index.offsetOf[steps[middle] ?? 0] ?? 0) <= slot) low = middle;
    else high = middle - 1;
  }
  const found = steps[low];
  if (found === undefined || slot <= round.base) throw new RangeError(`no step has slot ${slot}`);
  return found;
}
