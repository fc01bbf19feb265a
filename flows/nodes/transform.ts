import { z } from "zod";
import { err, ok } from "../basics/result";
import type { JsonSchema } from "../types/json-schema";
import { checkExpression, readsOf, secretFaults, variablesFrom } from "./check-expression";
import { defineKind, type LowerError, nothing } from "./kind";
import { InputNames, VariableName } from "./names";
import { made, main, outPort, port, takesOf } from "./ports";

/** Makes named values of what comes in, each by a CEL expression over the inputs. */
export const transform = defineKind({
  kind: "transform",
  settings: z.strictObject({
    inputs: InputNames.default(["value"]),
    gives: z
      .record(VariableName, z.string().max(4_000))
      .refine((gives) => Object.keys(gives).length >= 1 && Object.keys(gives).length <= 20, "Give 1 to 20 values."),
  }),
  ports: ({ inputs, gives }) => ({
    inputs: inputs.map((name) => port(name, name)),
    outputs: Object.keys(gives).map((name) => outPort(name, name)),
  }),
  lower({ inputs, gives }, around) {
    const variables = variablesFrom(around, inputs);
    const faults: LowerError[] = secretFaults(variables);
    const schemas: Record<string, JsonSchema> = {};
    for (const [name, text] of Object.entries(gives)) {
      const checked = checkExpression(variables, { text, as: "json", field: `gives.${name}` });
      if (checked.ok) schemas[name] = checked.value.gives;
      else faults.push(...checked.error);
    }
    if (faults.length > 0) return err(faults);
    return ok({
      ...nothing,
      steps: [main({ op: "compute", gives, reads: readsOf(around, variables) }, takesOf(around, inputs))],
      offers: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, made(name, schema)])),
    });
  },
});
