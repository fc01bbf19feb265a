import type { Schema } from "./schema";

const SCALARS: Readonly<Record<string, Schema>> = {
  bool: { type: "boolean" },
  string: { type: "string" },
  bytes: { type: "string" },
  int: { type: "integer" },
  uint: { type: "integer", minimum: 0 },
  double: { type: "number" },
  null_type: { type: "null" },
  "google.protobuf.Timestamp": { type: "string" },
  "google.protobuf.Duration": { type: "string" },
};

/** The schema of what an expression of a CEL type gives, once it is JSON; `true` where the checker knew nothing. */
export function schemaOfType(type: string): Schema {
  const scalar = Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined;
  if (scalar !== undefined) return scalar;
  const [, item] = /^list<(.*)>$/.exec(type) ?? [];
  if (item !== undefined) return { type: "array", items: schemaOfType(item) };
  const [, value] = /^map<string, (.*)>$/.exec(type) ?? [];
  if (value !== undefined) return { type: "object", additionalProperties: schemaOfType(value) };
  return true;
}
