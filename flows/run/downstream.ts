import { isContainer } from "../plan/instructions";
import type { Plan, Step } from "../plan/plan";
import { indexOfPlan, RUN } from "../plan/plan-index";

/**
 * A step and all that can come out otherwise when it does: what waits for it or reads what it made, the bodies that it
 * lies in, and what follows them. In a loop that is the whole body, because each round reads what the last one came to.
 * The steps of a plan stand in the order in which they wait for one another.
 */
export function downstreamOf(plan: Plan, from: number): ReadonlySet<number> {
  const { containerOf } = indexOfPlan(plan);
  const found = new Set<number>();
  for (const [place, step] of plan.steps.entries()) {
    if (place !== from && !waitsFor(step, found)) continue;
    addWhole(plan, found, place);
    for (let around = containerOf[place] ?? RUN; around !== RUN; around = containerOf[around] ?? RUN) {
      if (plan.steps[around]?.instruction.op === "loop") addWhole(plan, found, around);
      else found.add(around);
    }
  }
  return found;
}

/** A step and, where it has one, its body. */
function addWhole(plan: Plan, found: Set<number>, place: number): void {
  const instruction = plan.steps[place]?.instruction;
  const last = place + (instruction && isContainer(instruction) ? instruction.body : 0);
  for (let each = place; each <= last; each++) found.add(each);
}

function waitsFor({ gates, takes }: Step, found: ReadonlySet<number>): boolean {
  const reads = Object.values(takes).some((source) => source.from === "step" && found.has(source.step));
  return reads || gates.some(({ step }) => found.has(step));
}
