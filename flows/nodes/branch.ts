import { z } from "zod";
import { ok } from "../basics/result";
import { checkExpressions, variablesFrom } from "./check-expression";
import { defineKind, nothing } from "./kind";
import { main, outPort, passedOn, port, takesOf } from "./ports";
import { shown } from "./shown";

export const Condition = z.string().max(1_000);

/** Passes a value on to one of two sides, by a CEL condition over `value`: that value, or what comes in beside it. */
export const branch = defineKind({
  kind: "branch",
  settings: z.strictObject({
    condition: Condition.meta(
      shown({
        title: "Condition",
        description:
          'CEL over the word value, which is what comes in: value > 100, size(value) > 0, value.status == "late".',
        control: "expression",
      }),
    ),
  }),
  ports: () => ({
    inputs: [port("value", "Value"), port("carry", "Passed on instead", { required: false })],
    outputs: [outPort("yes", "Yes"), outPort("no", "No")],
  }),
  lower({ condition }, around) {
    const written = { text: condition, as: "condition", field: "condition" } as const;
    const made = checkExpressions(around, variablesFrom(around, ["value"]), [written]);
    if (!made.ok) return made;
    const input = around.wiredInputs.has("carry") ? "carry" : "value";
    const cases = [{ port: "yes", when: condition }];
    const instruction = { op: "choose", cases, otherwise: "no", reads: made.value.reads } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, takesOf(around, ["value"]))],
      offers: { yes: passedOn(input, "yes"), no: passedOn(input, "no") },
    });
  },
});
