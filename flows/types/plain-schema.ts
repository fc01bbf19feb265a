import type { Schema } from "@cfworker/json-schema";
import { definitionNamed, type Holds, holdsOf, isRecord, type JsonSchema } from "./json-schema";

/** A schema as the validator may see it. `lookup` is all that a reference can reach: nothing is resolved or fetched. */
export type PlainSchema = { readonly schema: Schema | boolean; readonly lookup: Record<string, Schema | boolean> };

/**
 * Copies the keywords that judge values and none besides. So the library meets no address, no `format` that it would
 * enforce with expressions of its own, and no name of a definition that it could read otherwise than we do.
 */
export function plainSchema(root: JsonSchema): PlainSchema {
  const known = isRecord(root) && isRecord(root.$defs) ? Object.entries(root.$defs) : [];
  const places = new Map(known.map(([name], place) => [name, place]));
  const lookup = Object.fromEntries(known.map(([, part], place) => [addressOf(place), copy(part, places)]));
  return { schema: copy(root, places), lookup };
}

const addressOf = (place: number | undefined) => `#/$defs/${place}`;

type Places = ReadonlyMap<string, number>;

function copy(schema: unknown, places: Places): Schema | boolean {
  if (!isRecord(schema)) return schema !== false;
  const kept = Object.entries(schema).flatMap(([name, value]) => {
    const holds = holdsOf(name);
    return holds === null || holds === "definitions" ? [] : [[name, copyValue(holds, value, places)] as const];
  });
  return Object.fromEntries(kept);
}

function copyValue(holds: Holds, value: unknown, places: Places): unknown {
  switch (holds) {
    case "ref":
      return addressOf(places.get(definitionNamed(String(value)) ?? ""));
    case "inPlace":
    case "inside":
      return copy(value, places);
    case "inPlaceList":
    case "insideList":
      return Array.isArray(value) ? value.map((part) => copy(part, places)) : [];
    case "inPlaceByName":
    case "insideByName":
      return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copy(part, places)]))
        : {};
    default:
      return value;
  }
}
