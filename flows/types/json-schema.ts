import type { Json } from "../basics/json";

/** A JSON Schema 2020-12 as it was written by somebody: nothing about it is known until `checkSchema` has seen it. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

export const JSON_TYPES = ["null", "boolean", "number", "integer", "string", "array", "object"] as const;
export type JsonType = (typeof JSON_TYPES)[number];

/** What stands behind a keyword. `inPlace` schemas judge the same value, `inside` schemas judge a part of it. */
export type Holds =
  | "types"
  | "names"
  | "namesByName"
  | "bound"
  | "divisor"
  | "count"
  | "literals"
  | "literal"
  | "inPlace"
  | "inPlaceList"
  | "inPlaceByName"
  | "inside"
  | "insideList"
  | "insideByName"
  | "definitions"
  | "ref";

/**
 * decided: `assignable` knows what it means. checked: only the validator does, so an answer about it is `unknown`.
 * annotation: it refuses no value. refused: a schema that uses it is turned away at the door.
 */
export type Keyword =
  | { role: "decided" | "checked"; holds: Holds }
  | { role: "annotation" }
  | { role: "refused"; why: string };

const words = (line: string) => line.split(" ");
const all = (line: string, keyword: Keyword) => words(line).map((name) => [name, keyword] as const);

const OTHER_BASE = "it changes where references lead";
const KEYWORDS: ReadonlyMap<string, Keyword> = new Map([
  ...all("type", { role: "decided", holds: "types" }),
  ...all("required", { role: "decided", holds: "names" }),
  ...all("minimum maximum exclusiveMinimum exclusiveMaximum", { role: "decided", holds: "bound" }),
  ...all("multipleOf", { role: "decided", holds: "divisor" }),
  ...all("minLength maxLength minItems maxItems", { role: "decided", holds: "count" }),
  ...all("enum", { role: "decided", holds: "literals" }),
  ...all("const", { role: "decided", holds: "literal" }),
  ...all("additionalProperties items", { role: "decided", holds: "inside" }),
  ...all("prefixItems", { role: "decided", holds: "insideList" }),
  ...all("properties", { role: "decided", holds: "insideByName" }),
  ...all("anyOf", { role: "decided", holds: "inPlaceList" }),
  ...all("$defs", { role: "decided", holds: "definitions" }),
  ...all("$ref", { role: "decided", holds: "ref" }),
  ...all("allOf oneOf", { role: "checked", holds: "inPlaceList" }),
  ...all("not if then else", { role: "checked", holds: "inPlace" }),
  ...all("dependentSchemas", { role: "checked", holds: "inPlaceByName" }),
  ...all("contains propertyNames", { role: "checked", holds: "inside" }),
  ...all("minProperties maxProperties minContains maxContains", { role: "checked", holds: "count" }),
  ...all("dependentRequired", { role: "checked", holds: "namesByName" }),
  ...all("title description default examples deprecated readOnly writeOnly format $schema $comment", {
    role: "annotation",
  }),
  ...all("contentMediaType contentEncoding contentSchema", { role: "annotation" }),
  ...all("pattern patternProperties", { role: "refused", why: "a regular expression can take for ever" }),
  ...all("uniqueItems", { role: "refused", why: "comparing every pair of items can take for ever" }),
  ...all("$id $anchor $vocabulary", { role: "refused", why: OTHER_BASE }),
  ...all("$dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor", { role: "refused", why: OTHER_BASE }),
  ...all("unevaluatedProperties unevaluatedItems", {
    role: "refused",
    why: "what it means depends on the other keywords",
  }),
  ...all("dependencies additionalItems", { role: "refused", why: "it is not of 2020-12" }),
]);

/** What a keyword does. Null: nobody knows it, so it refuses no value and `assignable` answers `unknown`. */
export function keywordOf(name: string): Keyword | null {
  return KEYWORDS.get(name) ?? (name.startsWith("x-") ? { role: "annotation" } : null);
}

/** What stands behind a keyword that can refuse a value; null for every other keyword. */
export function holdsOf(name: string): Holds | null {
  const keyword = keywordOf(name);
  return keyword?.role === "decided" || keyword?.role === "checked" ? keyword.holds : null;
}

/** Only `#/$defs/<name>` is a reference: nothing is ever fetched. */
export function definitionNamed(ref: string): string | null {
  const [, name] = /^#\/\$defs\/([^/]+)$/.exec(ref) ?? [];
  return name === undefined ? null : name.replaceAll("~1", "/").replaceAll("~0", "~");
}

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The type of a value as JSON Schema says it; a whole number is an "integer", which every "number" admits. */
export function jsonTypeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  switch (typeof value) {
    case "boolean":
    case "string":
    case "object":
      return typeof value as "boolean" | "string" | "object";
    default:
      return Number.isInteger(value) ? "integer" : "number";
  }
}
