import { z } from "zod";
import { checkCondition } from "../expressions/condition";
import { err, ok } from "../basics/result";
import { defineKind, nothing } from "./kind";

/** Passes what comes in on to one of two sides, by a CEL condition over `value`. */
export const branch = defineKind({
  kind: "branch",
  settings: z.strictObject({ condition: z.string().max(1_000) }),
  ports: () => ({
    inputs: [{ name: "value", title: "Value", type: "unknown", required: true }],
    outputs: [
      { name: "yes", title: "Yes", type: "unknown", required: false },
      { name: "no", title: "No", type: "unknown", required: false },
    ],
  }),
  lower({ condition }) {
    const checked = checkCondition(condition);
    if (!checked.ok) return err([checked.error]);
    return ok({
      ...nothing,
      instruction: { op: "choose", condition },
      offers: {
        yes: { value: "passed_on", input: "value", port: "yes" },
        no: { value: "passed_on", input: "value", port: "no" },
      },
    });
  },
});
