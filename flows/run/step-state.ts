import { at, type Sparse } from "../basics/sparse";
import type { RoundState, StepState } from "./state";

type Slots = Sparse<StepState | RoundState>;

const UNTOUCHED: StepState = { in: "blocked", opened: 0, missed: 0 };

/** Where a step stands. Errors: TypeError for a slot that tells of a round, which is a bug in the caller. */
export function stepStateAt(steps: Slots, slot: number): StepState {
  return asStep(at(steps, slot), slot);
}

export function asStep(found: StepState | RoundState | undefined, slot: number): StepState {
  if (found === undefined) return UNTOUCHED;
  if (found.in === "round" || found.in === "kept") throw new TypeError(`slot ${slot} tells of a round`);
  return found;
}

/** What is kept of a round; null of one that has not begun, or is long over. */
export function asRound(found: StepState | RoundState | undefined): RoundState | null {
  return found?.in === "round" || found?.in === "kept" ? found : null;
}
