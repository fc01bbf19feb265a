import { z } from "zod";
import { ok } from "../basics/result";
import { Condition } from "./branch";
import { checkExpressions, variablesFrom } from "./check-expression";
import { defineKind, nothing } from "./kind";
import { ANY, INDEX, made, main, outPort, port, takesOf } from "./ports";
import { RoundsCap, under } from "./rounds-cap";
import { shown } from "./shown";

/**
 * Does what is drawn in it while a condition over `value` and `index` holds, and never more than `most` times. What comes
 * back at `next` is the value of the next round. At its bound, or where its cap has no room for more, it goes out by
 * `limit` if something is wired there.
 */
export const loop = defineKind({
  kind: "loop",
  role: "container",
  settings: z.strictObject({
    while: Condition.meta(
      shown({
        title: "Goes on while",
        description: "CEL over value and index, before every round.",
        control: "expression",
      }),
    ),
    most: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .meta(shown({ title: "At most, times", description: "The worst case counts every one of them." })),
    cap: RoundsCap,
  }),
  ports: () => ({
    inputs: [port("value", "Value")],
    outputs: [outPort("done", "Done"), outPort("limit", "At the limit")],
    inside: {
      outputs: [outPort("value", "Value"), outPort("index", "Number", INDEX)],
      inputs: [port("next", "Next value", { required: false })],
    },
  }),
  lower({ while: condition, most, cap }, around) {
    const variables = variablesFrom(around, ["value"]).set("index", INDEX);
    const checked = checkExpressions(around, variables, [{ text: condition, as: "condition", field: "while" }]);
    if (!checked.ok) return checked;
    const atLimit = around.wiredOutputs.has("limit") ? "limit" : "done";
    const { reads } = checked.value;
    const instruction = {
      op: "loop",
      most,
      while: condition,
      reads,
      atLimit,
      body: 0,
      gives: null,
      ...under(cap),
    } as const;
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
  // What goes out is the value that came in or one that came back, and that has to fit what came in.
  expects: (around) => ({ next: around.wiredInputs.get("value") ?? ANY }),
});
