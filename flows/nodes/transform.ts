import { z } from "zod";
import { ok } from "../basics/result";
import { checkExpressions, variablesFrom } from "./check-expression";
import { defineKind, nothing } from "./kind";
import { InputNames, VariableName } from "./names";
import { ANY, made, main, outPort, port, takesOf } from "./ports";
import { shown } from "./shown";

const Gives = z
  .string()
  .max(4_000)
  .meta(shown({ title: "Expression", control: "expression", fresh: "true" }));

/** Makes named values of what comes in, each by a CEL expression over the inputs. */
export const transform = defineKind({
  kind: "transform",
  settings: z.strictObject({
    inputs: InputNames.meta(
      shown({
        title: "Inputs",
        description: "The names that expressions use.",
        control: "names",
        one: "input",
        ports: "inputs",
        keywords: { uniqueItems: true },
      }),
    ).default(["value"]),
    gives: z
      .record(VariableName, Gives)
      .refine((gives) => Object.keys(gives).length >= 1 && Object.keys(gives).length <= 20, "Give 1 to 20 values.")
      .meta(
        shown({
          title: "Gives",
          one: "value",
          ports: "outputs",
          keywords: { minProperties: 1, maxProperties: 20 },
        }),
      ),
  }),
  ports: ({ inputs, gives }) => ({
    inputs: inputs.map((name) => port(name, name)),
    outputs: Object.keys(gives).map((name) => outPort(name, name)),
  }),
  lower({ inputs, gives }, around) {
    const written = Object.entries(gives).map(
      ([name, text]) => ({ text, as: "json", field: `gives.${name}` }) as const,
    );
    const answer = checkExpressions(around, variablesFrom(around, inputs), written);
    if (!answer.ok) return answer;
    const { reads, checked } = answer.value;
    const names = Object.keys(gives);
    return ok({
      ...nothing,
      steps: [main({ op: "compute", gives, reads }, takesOf(around, inputs))],
      offers: Object.fromEntries(names.map((name, place) => [name, made(name, checked[place]?.gives ?? ANY)])),
    });
  },
});
