import type { Money } from "../basics/money";
import { isPaying } from "../plan/instructions";
import { closeStep } from "./closing";
import { type Draft, move, stepAt } from "./draft";
import type { Answer } from "./events";
import { halt, isHeldUp } from "./halting";
import { tryAgain } from "./rounds";
import type { Spot } from "./spots";
import type { StepState } from "./state";

type Timed<In extends StepState["in"]> = { stands: Extract<StepState, { in: In }>; event: Answer & { atMs: number } };

/** The time that a step waited for has come. */
export function waited(draft: Draft, spot: Spot, { stands, event }: Timed<"waiting">): true | null {
  if (event.type !== "timer_fired" || event.atMs < stands.untilMs) return null;
  closeStep(draft, spot, { port: "done" });
  return true;
}

/** The pause between two attempts is over. What was set aside for the first serves the next. [R19] */
export function resting(draft: Draft, spot: Spot, { stands, event }: Timed<"resting">): true | null {
  if (event.type !== "timer_fired" || event.atMs < stands.untilMs) return null;
  const { attempt, held } = stands;
  if (isHeldUp(draft, spot)) halt(draft, spot, { before: "trying", attempt, held });
  else oneMoreTry(draft, spot, { attempt, held });
  return true;
}

/** Makes a call once more, or does a body once more. */
export function oneMoreTry(draft: Draft, spot: Spot, { attempt, held }: { attempt: number; held: Money | null }): void {
  const { instruction } = stepAt(draft, spot);
  if (!held || !isPaying(instruction) || instruction.op === "pay") tryAgain(draft, spot, attempt);
  else move(draft, spot, { in: "calling", held, untilMs: draft.nowMs + instruction.deadlineMs, attempt, tries: 0 });
}
