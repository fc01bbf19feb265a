import { holdsOf, isRecord, type JsonSchema } from "./json-schema";

type Fields = { readonly [keyword: string]: unknown };

const DEFINITIONS = "#/$defs/";

/**
 * One schema made of others. A reference leads to a definition at the root, so the definitions that the parts bring along
 * move there; where several parts bring some, each keeps its own under new names.
 */
export function composed(parts: readonly JsonSchema[], make: (parts: readonly JsonSchema[]) => Fields): Fields {
  const brought = [...new Set(parts.map(definitionsOf).filter((each) => each !== null))];
  const [only, ...others] = brought;
  if (only === undefined) return make(parts);
  if (others.length === 0) return { ...make(parts.map(withoutDefinitions)), $defs: only };
  const prefixes = new Map(brought.map((definitions, place) => [definitions, `${place}.`]));
  const moved = parts.map((part) => {
    const definitions = definitionsOf(part);
    return definitions === null ? part : movedIn(withoutDefinitions(part), prefixes.get(definitions) ?? "");
  });
  const definitions = [...prefixes].flatMap(([definitions, prefix]) =>
    Object.entries(definitions).map(([name, schema]) => [`${prefix}${name}`, movedIn(schema, prefix)] as const),
  );
  return { ...make(moved as readonly JsonSchema[]), $defs: Object.fromEntries(definitions) };
}

/** A part of a schema as a schema of its own: with the definitions that it may refer to. */
export function partWith(root: JsonSchema, part: JsonSchema): JsonSchema {
  const definitions = definitionsOf(root);
  if (definitions === null || part === root || !isRecord(part) || Object.keys(part).length === 0) return part;
  return { ...part, $defs: definitions };
}

function definitionsOf(schema: JsonSchema): Fields | null {
  return isRecord(schema) && Object.hasOwn(schema, "$defs") && isRecord(schema.$defs) ? schema.$defs : null;
}

function withoutDefinitions(schema: JsonSchema): JsonSchema {
  if (!isRecord(schema)) return schema;
  const { $defs: _, ...rest } = schema;
  return rest;
}

/** The same schema with every reference leading to the definition under its new name. Literals stay as they are. */
function movedIn(schema: unknown, prefix: string): unknown {
  if (!isRecord(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [name, movedBehind({ name, value }, prefix)]),
  );
}

function movedBehind({ name, value }: { name: string; value: unknown }, prefix: string): unknown {
  switch (holdsOf(name)) {
    case "ref":
      return String(value).startsWith(DEFINITIONS)
        ? String(value).replace(DEFINITIONS, `${DEFINITIONS}${prefix}`)
        : value;
    case "inPlace":
    case "inside":
      return movedIn(value, prefix);
    case "inPlaceList":
    case "insideList":
      return Array.isArray(value) ? value.map((part) => movedIn(part, prefix)) : value;
    case "inPlaceByName":
    case "insideByName":
    case "definitions":
      if (!isRecord(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([part, schema]) => [part, movedIn(schema, prefix)]));
    default:
      return value;
  }
}
