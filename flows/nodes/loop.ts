import { z } from "zod";
import { err, ok } from "../basics/result";
import { Condition } from "./branch";
import { checkExpression, readsOf, secretFaults, variablesFrom } from "./check-expression";
import { defineKind, nothing } from "./kind";
import { ANY, INDEX, made, main, outPort, port, takesOf } from "./ports";

/**
 * Does what is drawn in it while a condition over `value` and `index` holds, and never more than `most` times. What comes
 * back at `next` is the value of the next round. At its bound it goes out by `limit` if something is wired there.
 */
export const loop = defineKind({
  kind: "loop",
  role: "container",
  settings: z.strictObject({ while: Condition, most: z.number().int().min(1).max(1_000) }),
  ports: () => ({
    inputs: [port("value", "Value")],
    outputs: [outPort("done", "Done"), outPort("limit", "At the limit")],
    inside: {
      outputs: [outPort("value", "Value"), outPort("index", "Number", INDEX)],
      inputs: [port("next", "Next value", { required: false })],
    },
  }),
  lower({ while: condition, most }, around) {
    const wired = variablesFrom(around, ["value"]);
    const variables = new Map([...wired, ["index", INDEX] as const]);
    const checked = checkExpression(variables, { text: condition, as: "condition", field: "while" });
    const faults = [...secretFaults(wired), ...(checked.ok ? [] : checked.error)];
    if (faults.length > 0) return err(faults);
    const atLimit = around.wiredOutputs.has("limit") ? "limit" : "done";
    const reads = readsOf(around, variables);
    const instruction = { op: "loop", most, while: condition, reads, atLimit, body: 0, gives: null } as const;
    const schema = around.wiredInputs.get("value") ?? ANY;
    return ok({
      ...nothing,
      steps: [main(instruction, takesOf(around, ["value"]))],
      offers: {
        value: { value: "each", field: "value", schema },
        index: { value: "each", field: "index", schema: INDEX },
        done: made("value", schema, "done"),
        limit: made("value", schema, "limit"),
      },
    });
  },
  expects: (around) => ({ next: around.wiredInputs.get("value") ?? ANY }),
});
