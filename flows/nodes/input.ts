import { z } from "zod";
import { ok } from "../basics/result";
import { ObjectSchema } from "../types/agent-manifest";
import { portsOf } from "../types/schema-ports";
import { defineKind, nothing } from "./kind";

/** What a run is given when it starts: a form, drawn from a JSON Schema, whose fields are the node's outputs. */
export const input = defineKind({
  kind: "input",
  settings: z.strictObject({ schema: ObjectSchema }),
  ports: ({ schema }) => ({ inputs: [], outputs: portsOf(schema) }),
  lower({ schema }) {
    const fields = Object.keys(schema.properties);
    const offers = Object.fromEntries(fields.map((field) => [field, { value: "run_input", field } as const]));
    return ok({ ...nothing, offers, runInput: schema });
  },
});
