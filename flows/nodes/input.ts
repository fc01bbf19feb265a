import { z } from "zod";
import { err, ok } from "../basics/result";
import { ObjectSchema } from "../types/agent-manifest";
import { checkSchema, type SchemaFault } from "../types/check-schema";
import { portsOf } from "../types/schema-ports";
import { defineKind, type LowerError, nothing } from "./kind";

/** What a run is given when it starts: a form, drawn from a JSON Schema, whose fields are the node's outputs. */
export const input = defineKind({
  kind: "input",
  settings: z.strictObject({ schema: ObjectSchema }),
  ports: ({ schema }) => ({ inputs: [], outputs: portsOf(schema) }),
  lower({ schema }) {
    const faults = checkSchema(schema);
    if (faults.length > 0) return err(faults.map(asSetting));
    const fields = Object.keys(schema.properties);
    const offers = Object.fromEntries(fields.map((field) => [field, { value: "run_input", field } as const]));
    return ok({ ...nothing, offers, runInput: schema });
  },
});

/** A form that could not be checked in bounded time would refuse every value, so it is refused where it is drawn. */
function asSetting(fault: SchemaFault): LowerError {
  const field = "at" in fault ? `schema${fault.at.replaceAll("/", ".")}` : "schema";
  const problem = fault.code === "keyword_refused" ? `${fault.keyword} cannot be used: ${fault.why}` : fault.code;
  return { code: "settings_invalid", field, problem };
}
