import { z } from "zod";
import { err, ok } from "../basics/result";
import { checkExpression, readsOf, secretFaults, variablesFrom } from "./check-expression";
import { defineKind, nothing } from "./kind";
import { main, outPort, passedOn, port, takesOf } from "./ports";

export const Condition = z.string().max(1_000);

/** Passes a value on to one of two sides, by a CEL condition over `value`: that value, or what comes in beside it. */
export const branch = defineKind({
  kind: "branch",
  settings: z.strictObject({ condition: Condition }),
  ports: () => ({
    inputs: [port("value", "Value"), port("carry", "Passed on instead", { required: false })],
    outputs: [outPort("yes", "Yes"), outPort("no", "No")],
  }),
  lower({ condition }, around) {
    const variables = variablesFrom(around, ["value"]);
    const checked = checkExpression(variables, { text: condition, as: "condition", field: "condition" });
    const faults = [...secretFaults(variables), ...(checked.ok ? [] : checked.error)];
    if (faults.length > 0) return err(faults);
    const input = around.wiredInputs.has("carry") ? "carry" : "value";
    const cases = [{ port: "yes", when: condition }];
    const instruction = { op: "choose", cases, otherwise: "no", reads: readsOf(around, variables) } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, takesOf(around, ["value"]))],
      offers: { yes: passedOn(input, "yes"), no: passedOn(input, "no") },
    });
  },
});
