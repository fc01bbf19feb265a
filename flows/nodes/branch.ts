import { z } from "zod";
import { err, ok } from "../basics/result";
import { checkCondition } from "../expressions/condition";
import { defineKind, nothing } from "./kind";

/** Passes a value on to one of two sides, by a CEL condition over `value`: that value, or what comes in beside it. */
export const branch = defineKind({
  kind: "branch",
  settings: z.strictObject({ condition: z.string().max(1_000) }),
  ports: () => ({
    inputs: [
      { name: "value", title: "Value", type: "unknown", required: true },
      { name: "carry", title: "Passed on instead", type: "unknown", required: false },
    ],
    outputs: [
      { name: "yes", title: "Yes", type: "unknown", required: false },
      { name: "no", title: "No", type: "unknown", required: false },
    ],
  }),
  lower({ condition }, { wiredInputs }) {
    const checked = checkCondition(condition);
    if (!checked.ok) return err([checked.error]);
    const input = wiredInputs.has("carry") ? "carry" : "value";
    return ok({
      ...nothing,
      instruction: { op: "choose", condition },
      offers: {
        yes: { value: "passed_on", input, port: "yes" },
        no: { value: "passed_on", input, port: "no" },
      },
    });
  },
});
