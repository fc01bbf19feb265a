import { at, type Sparse } from "../basics/sparse";
import type { Plan } from "../plan/plan";
import type { ValueRef } from "../ports/values";
import { roundAt, type Spot } from "./spots";
import type { RoundState, StepState } from "./state";
import { stepStateAt } from "./step-state";

/** What each round of a container came to that is over, in order. */
export function* roundsKept(
  plan: Plan,
  steps: Sparse<StepState | RoundState>,
  container: Spot,
): Generator<[number, ValueRef | null]> {
  const stands = stepStateAt(steps, container.slot);
  const rounds = stands.in === "deciding" || stands.in === "iterating" ? stands.rounds : null;
  for (let number = 0; number < (rounds?.count ?? 0); number++) {
    const round = roundAt(plan, container, number);
    const kept = round ? at(steps, round.base) : undefined;
    if (kept?.in === "kept") yield [number, kept.value];
  }
}
