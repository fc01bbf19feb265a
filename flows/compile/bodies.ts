import { isContainer } from "../plan/instructions";
import type { Step } from "../plan/plan";

/** One body of a plan: the places of the steps that lie directly in it. */
export type Members = readonly number[];

/** Every body under the place of its container, the flow's own under -1. */
export function bodiesOf(steps: readonly Step[]): ReadonlyMap<number, Members> {
  const bodies = new Map<number, number[]>([[-1, []]]);
  const around: { container: number; last: number }[] = [];
  for (const [place, { instruction }] of steps.entries()) {
    while (around.length > 0 && (around.at(-1)?.last ?? 0) < place) around.pop();
    bodies.get(around.at(-1)?.container ?? -1)?.push(place);
    if (!isContainer(instruction)) continue;
    around.push({ container: place, last: place + instruction.body });
    bodies.set(place, []);
  }
  return bodies;
}

/** For each step the container that it lies directly in, -1 for none. */
export function containersOf(steps: readonly Step[]): readonly number[] {
  const found = new Array<number>(steps.length).fill(-1);
  for (const [container, members] of bodiesOf(steps)) for (const place of members) found[place] = container;
  return found;
}
