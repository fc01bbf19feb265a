import { definitionNamed, type Holds, isRecord, type JsonSchema } from "./json-schema";

/** The schema that a reference means, undefined when there is none. */
export function definition(root: JsonSchema, ref: string): unknown {
  const name = definitionNamed(ref);
  const known = isRecord(root) ? root.$defs : undefined;
  return name !== null && isRecord(known) && Object.hasOwn(known, name) ? known[name] : undefined;
}

/** The schemas behind a keyword, each with its place. */
export function schemasIn(holds: Holds, value: unknown): readonly (readonly [string, unknown])[] {
  switch (holds) {
    case "inPlace":
    case "inside":
      return [["", value]];
    case "inPlaceList":
    case "insideList":
      return Array.isArray(value) ? value.map((part, place) => [`/${place}`, part] as const) : [];
    case "inPlaceByName":
    case "insideByName":
    case "definitions":
      return isRecord(value) ? Object.entries(value).map(([name, part]) => [`/${escaped(name)}`, part] as const) : [];
    default:
      return [];
  }
}

const escaped = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");
