import { z } from "zod";
import { ok } from "../basics/result";
import { Condition } from "./branch";
import { checkExpressions, variablesFrom } from "./check-expression";
import { defineKind, nothing } from "./kind";
import { main, outPort, passedOn, port, takesOf } from "./ports";
import { shown } from "./shown";

const OTHERWISE = "otherwise";

const Case = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, "Use letters, digits, - and _.")
    .refine((name) => name !== OTHERWISE, "This name stands for what no case takes.")
    .meta(
      shown({
        title: "Name",
        ports: "outputs",
        wants: "Use letters, digits, - and _, and not otherwise.",
        keywords: { not: { enum: [OTHERWISE] } },
      }),
    ),
  when: Condition.meta(shown({ title: "When", control: "expression" })),
});

/**
 * Passes a value on to the first case whose condition over `value` holds. What no case takes goes to `otherwise`; without
 * that side it stops the run.
 */
export const switchKind = defineKind({
  kind: "switch",
  settings: z.strictObject({
    cases: z
      .array(Case)
      .min(1, "Add a case.")
      .max(20)
      .refine((cases) => new Set(cases.map(({ name }) => name)).size === cases.length, "Two cases have the same name.")
      .meta(
        shown({
          title: "Cases",
          description: "CEL over the word value, which is what comes in. The first case that holds is taken.",
          one: "case",
          fresh: { name: "case", when: "true" },
          differBy: "name",
        }),
      ),
    otherwise: z
      .boolean()
      .meta(shown({ title: "A side for what no case takes" }))
      .default(true),
  }),
  ports: ({ cases, otherwise }) => ({
    inputs: [port("value", "Value"), port("carry", "Passed on instead", { required: false })],
    outputs: [...cases.map(({ name }) => outPort(name, name)), ...(otherwise ? [outPort(OTHERWISE, "Otherwise")] : [])],
  }),
  lower({ cases, otherwise }, around) {
    const written = cases.map(
      ({ when }, place) => ({ text: when, as: "condition", field: `cases.${place}.when` }) as const,
    );
    const made = checkExpressions(around, variablesFrom(around, ["value"]), written);
    if (!made.ok) return made;
    const input = around.wiredInputs.has("carry") ? "carry" : "value";
    const sides = [...cases.map(({ name }) => name), ...(otherwise ? [OTHERWISE] : [])];
    const instruction = {
      op: "choose",
      cases: cases.map(({ name, when }) => ({ port: name, when })),
      otherwise: otherwise ? OTHERWISE : null,
      reads: made.value.reads,
    } as const;
    return ok({
      ...nothing,
      steps: [main(instruction, takesOf(around, ["value"]))],
      offers: Object.fromEntries(sides.map((side) => [side, passedOn(input, side)])),
    });
  },
});
