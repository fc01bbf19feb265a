import { composed } from "../types/composed";
import type { JsonSchema } from "../types/json-schema";
import { labelsOf } from "../types/labels";

/** The names of variables that carry personal data. */
export type Personal = ReadonlySet<string>;

const LABEL = { "x-studio-type": "personal" };

/**
 * What was made of personal data is personal data. A schema that says nothing stays as it is: what a step takes is
 * followed through the plan as well, and a label alone would look as though somebody had described the value.
 */
export function personalIfAny(schema: JsonSchema, read: Iterable<string>, personal: Personal): JsonSchema {
  if (typeof schema === "boolean" || labelsOf(schema).includes("personal")) return schema;
  if (![...read].some((name) => personal.has(name))) return schema;
  if (!Object.hasOwn(schema, "x-studio-type")) return { ...schema, ...LABEL };
  return composed([schema], (anyOf) => ({ ...LABEL, anyOf }));
}
