import { closeStep, type Failure, failStep } from "./closing";
import { type Draft, isOver, stepAt } from "./draft";
import { classOf } from "./failures";
import type { Spot } from "./spots";

/**
 * A call that came to nothing and was not paid: where the plan has another agent for it, the step closes on the port that
 * leads there. A denial is never caught, and an ending run calls nobody else. [R41]
 */
export function fallBackOrFail(draft: Draft, spot: Spot, failure: Failure): void {
  const { instruction } = stepAt(draft, spot);
  const catches = instruction.op === "call" ? (instruction.catches ?? []) : [];
  const errorClass = classOf(failure.code);
  if (errorClass === null || !catches.includes(errorClass) || isOver(draft, spot.round)) {
    failStep(draft, spot, failure);
    return;
  }
  closeStep(draft, spot, { port: "failed", held: failure.held ?? null });
}
