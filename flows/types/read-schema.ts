import { err, ok, type Result } from "../basics/result";
import { inspect, type SchemaFault } from "./check-schema";
import { isRecord, type JsonSchema } from "./json-schema";
import { type PlainSchema, plainSchema } from "./plain-schema";
import { readNode, type SchemaNode } from "./schema-node";

/** A schema that passed the door: as a tree to reason about, as the validator sees it, and what a question costs. */
export type ReadSchema = { node(): SchemaNode; plain(): PlainSchema; readonly cost: number };

const seen = new WeakMap<object, Result<ReadSchema, readonly SchemaFault[]>>();

/** Checks a schema, once for each object. Nothing works on a schema that did not come through here. */
export function readSchema(schema: JsonSchema): Result<ReadSchema, readonly SchemaFault[]> {
  const known = isRecord(schema) ? seen.get(schema) : undefined;
  if (known) return known;
  const { faults, cost } = inspect(schema);
  const read =
    faults.length > 0
      ? err(faults)
      : ok({
          node: once(() => readNode(schema)),
          plain: once(() => plainSchema(schema)),
          cost,
        });
  if (isRecord(schema)) seen.set(schema, read);
  return read;
}

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
