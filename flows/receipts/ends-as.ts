import type { Instruction } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { indexOfPlan, RUN } from "../plan/plan-index";
import { classOf, isDenial } from "../run/failures";
import type { Receipt } from "../run/state";
import type { ClosingLink } from "./links";

/**
 * A run succeeds when every step that ended with a code lies in a body that caught it, and names the first that was not
 * caught when it fails at a step.
 */
export function endsAs(
  outcome: ClosingLink["body"]["outcome"],
  { plan, receipts }: { plan: Plan; receipts: readonly Receipt[] },
): boolean {
  const caught = caughtOf(plan, receipts);
  if (outcome.result === "succeeded") return receipts.every((receipt) => caught(receipt) === "yes");
  if (outcome.result === "failed") {
    if (outcome.step === null) return receipts.length === 0 || outcome.code === "run_deadline_passed";
    const isNamed = ({ step, path, code }: Receipt) =>
      step === outcome.step && path.join() === outcome.path.join() && code === outcome.code;
    const first = receipts.find(
      (receipt) => caught(receipt) === "no" || (isNamed(receipt) && caught(receipt) !== "yes"),
    );
    return first !== undefined && isNamed(first);
  }
  return true; // stopped: steps may have ended in any way since
}

type Caught = "yes" | "no" | "perhaps";

/**
 * Whether a body around a step caught the error that it ended with: one that did closed on a port afterwards. A body that
 * could have caught it and never settled may have been about to be done again when something else ended the run.
 */
function caughtOf(plan: Plan, receipts: readonly Receipt[]): (receipt: Receipt) => Caught {
  const keyOf = (step: string, path: readonly number[]) => `${step}@${path.join()}`;
  const settled = new Map(receipts.map(({ step, path, port }) => [keyOf(step, path), port !== null]));
  const ended = new Set<string>();
  const told = new Map<Receipt, Caught>();
  for (const receipt of receipts) {
    const { step, path, code } = receipt;
    if (code === null || isDenial(code)) {
      told.set(receipt, code === null ? "yes" : "no");
      continue;
    }
    // In a round that has ended, what was still under way ends in any way, and that ends nothing else. [R14] [R33]
    const passed = around(plan, { step, path }).filter(({ id, instruction, depth }) => {
      const round = keyOf(id, path.slice(0, depth + 1));
      const catches = mayCatch(instruction, code);
      if (catches) ended.add(round);
      return catches || ended.has(round);
    });
    const came = passed.map(({ id, depth }) => settled.get(keyOf(id, path.slice(0, depth))));
    told.set(receipt, came.includes(true) ? "yes" : came.includes(undefined) ? "perhaps" : "no");
  }
  return (receipt) => told.get(receipt) ?? "no";
}

/** The containers around a step, the nearest first, and how deep each of them lies. */
function around(plan: Plan, { step, path }: Pick<Receipt, "step" | "path">) {
  const { placeOf, containerOf } = indexOfPlan(plan);
  const found: { id: string; instruction: Instruction; depth: number }[] = [];
  let place = containerOf[placeOf.get(step) ?? RUN] ?? RUN;
  for (let depth = path.length - 1; depth >= 0 && place !== RUN; depth--) {
    const container = plan.steps[place];
    if (container) found.push({ id: container.id, instruction: container.instruction, depth });
    place = containerOf[place] ?? RUN;
  }
  return found;
}

/** A loop goes out at its limit where its cap has no room. One that another cap ended never closed. [R33] */
function mayCatch(instruction: Instruction, code: string): boolean {
  const errorClass = classOf(code);
  if (errorClass === null) return false;
  if (instruction.op === "try") return instruction.catches.includes(errorClass);
  return instruction.op === "loop" && !!instruction.cap && code === "cap_reached";
}
