import type { Digest } from "../basics/ids";
import { canonicalJson } from "../plan/canonical";
import { sha256Hex } from "../plan/digest";
import type { JsonSchema } from "../types/json-schema";

/** The schemas that a plan names, each once. */
export type SchemaTable = {
  name(schema: JsonSchema): Digest;
  /** What was named so far, by digest. */
  named(): Record<Digest, JsonSchema>;
};

const MOST = 5_000;
const digests = new Map<string, Digest>();
const texts = new WeakMap<object, string>();
const kept = new Map<string, JsonSchema>();

export function schemaTable(): SchemaTable {
  const used = new Map<Digest, JsonSchema>();
  return {
    name(schema) {
      const text = textOf(schema);
      const digest = digests.get(text) ?? remember(digests, text, sha256Hex(text));
      used.set(digest, schema);
      return digest;
    },
    named: () => Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** One object for all schemas that say the same, so that what is known of one is known of the others. */
export function sameSchema(schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const text = textOf(schema);
  return kept.get(text) ?? remember(kept, text, schema);
}

/** The canonical text of a schema, kept by its identity. */
export function textOf(schema: JsonSchema): string {
  if (typeof schema === "boolean") return String(schema);
  const earlier = texts.get(schema);
  if (earlier !== undefined) return earlier;
  const text = canonicalJson(schema);
  texts.set(schema, text);
  return text;
}

function remember<T>(table: Map<string, T>, key: string, value: T): T {
  if (table.size >= MOST) table.clear();
  table.set(key, value);
  return value;
}
