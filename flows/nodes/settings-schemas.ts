import { z } from "zod";
import type { JsonSchema } from "../types/json-schema";
import type { NodeKind } from "./kind";

/** What the settings of each kind look like, as JSON Schemas with the words of `shown`: what the inspector is drawn from. [N10] */
export function settingsSchemas(kinds: Readonly<Record<string, NodeKind>>): Readonly<Record<string, JsonSchema>> {
  const schemas = Object.entries(kinds).map(([name, { settings }]) => [name, schemaOf(settings)] as const);
  return Object.fromEntries(schemas);
}

/** Amounts are integers that JSON does not have; beside them stands the text that a document holds. */
function schemaOf(settings: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" });
  return schema;
}
