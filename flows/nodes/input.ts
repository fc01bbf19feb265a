import { z } from "zod";
import { err, ok } from "../basics/result";
import { ObjectSchema } from "../types/agent-manifest";
import { checkSchema, type SchemaFault } from "../types/check-schema";
import type { JsonSchema } from "../types/json-schema";
import { portsOf } from "../types/schema-ports";
import { defineKind, type LowerError, nothing } from "./kind";
import { shown } from "./shown";

/** What a run is given when it starts: a form, drawn from a JSON Schema, whose fields are the node's outputs. */
export const input = defineKind({
  kind: "input",
  settings: z.strictObject({
    schema: ObjectSchema.meta(
      shown({
        title: "Fields of the form",
        description: "What whoever starts a run is asked for.",
        control: "form",
        ports: "outputs",
      }),
    ),
  }),
  ports: ({ schema }) => ({ inputs: [], outputs: portsOf(schema) }),
  lower({ schema }) {
    const faults = schemaFaults("schema", schema);
    if (faults.length > 0) return err(faults);
    const offers = portsOf(schema).map(
      ({ name, schema }) => [name, { value: "run_input", field: name, schema }] as const,
    );
    return ok({ ...nothing, offers: Object.fromEntries(offers), runInput: schema });
  },
});

/** A schema that could not be checked in bounded time would refuse every value, so it is refused where it is drawn. */
export function schemaFaults(name: string, schema: JsonSchema): LowerError[] {
  return checkSchema(schema).map((fault) => asSetting(name, fault));
}

function asSetting(name: string, fault: SchemaFault): LowerError {
  const field = "at" in fault ? `${name}${fault.at.replaceAll("/", ".")}` : name;
  const problem = fault.code === "keyword_refused" ? `${fault.keyword} cannot be used: ${fault.why}` : fault.code;
  return { code: "settings_invalid", field, problem };
}
