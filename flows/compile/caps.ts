import { isContainer, isPaying } from "../plan/instructions";
import type { Step } from "../plan/plan";
import { containersOf } from "./bodies";
import type { CompileError } from "./compile-error";

/** Every payment that a cap around it has no room for, or that is in another currency: it would never be made. [C17] */
export function capFaults(steps: readonly Step[]): CompileError[] {
  const containers = containersOf(steps);
  return steps.flatMap(({ node, instruction }, place): CompileError[] => {
    if (!isPaying(instruction)) return [];
    const { cap } = instruction;
    for (let at = containers[place] ?? -1; at >= 0; at = containers[at] ?? -1) {
      const around = steps[at];
      const most = around && isContainer(around.instruction) ? around.instruction.cap : undefined;
      if (around && most && (most.currency !== cap.currency || most.amount < cap.amount))
        return [{ code: "cap_above_container", node, cap, container: around.node, most }];
    }
    return [];
  });
}
