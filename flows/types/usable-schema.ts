import { checkSchema } from "./check-schema";
import { type Holds, holdsOf, isRecord, type JsonSchema, keywordOf } from "./json-schema";
import { measure } from "./measure";
import { atPointer } from "./pointer";

/** A schema that the studio can use. `left` names the keywords of the original that it leaves out, each once. */
export type Usable = { schema: JsonSchema; left: readonly string[] };

type Fields = { readonly [keyword: string]: unknown };
/** `isWhole`: it allows exactly the values that the original allows; else it may allow more. */
type Used = { schema: JsonSchema; isWhole: boolean };
type Work = {
  readonly document: unknown;
  readonly defs: Map<string, Used & { name: string }>;
  readonly open: Set<string>;
  readonly left: Set<string>;
  depth: number;
};

const LIMITS = { values: 100_000, depth: 200, characters: 4_000_000 };
const DEEPEST = 40;
const ANYTHING: Used = { schema: true, isWhole: false };
/** They refuse no value by themselves. Labels are the studio's own words: a stranger's schema puts none on. */
const SILENT = new Set(["$schema", "$id", "id", "$anchor", "$comment", "$defs", "definitions", "discriminator", "xml"]);

/**
 * What a stranger's schema comes to in the closed subset that the studio can reason about. What cannot be used is left
 * out, so that it allows every value that the original allows, and maybe more: whoever wrote it judges for himself. A
 * reference leads to a place in `document` and nowhere else; one that leads back into itself allows anything. [T6]
 */
export function usableSchema(schema: unknown, document: unknown = schema): Usable {
  if (!measure(schema, LIMITS).ok) return { schema: true, left: ["everything: it is too large"] };
  const work: Work = { document, defs: new Map(), open: new Set(), left: new Set(), depth: 0 };
  const { schema: used } = use(schema, work);
  const defs = Object.fromEntries([...work.defs.values()].map(({ name, schema: part }) => [name, part]));
  const whole = isRecord(used) && work.defs.size > 0 ? { ...used, $defs: defs } : used;
  if (checkSchema(whole).length > 0) return { schema: true, left: ["everything: it is too large"] };
  return { schema: whole, left: [...work.left].sort() };
}

function use(schema: unknown, work: Work): Used {
  if (typeof schema === "boolean") return { schema, isWhole: true };
  if (!isRecord(schema) || work.depth > DEEPEST) return ANYTHING;
  work.depth += 1;
  const read = modern(schema);
  const kept: Record<string, unknown> = {};
  let isWhole = true;
  for (const [name, value] of Object.entries(read)) {
    if (SILENT.has(name) || name.startsWith("x-")) continue;
    const used = useKeyword({ name, value, beside: read }, work);
    if (used.keep) kept[name] = used.value;
    if (used.isWhole) continue;
    isWhole = false;
    if (!used.keep) work.left.add(name);
  }
  work.depth -= 1;
  return { schema: sound(kept, read, isWhole), isWhole };
}

/** What depends on a neighbour that was left out, or on exactly what a neighbour refuses, goes too. */
function sound(kept: Record<string, unknown>, read: Fields, isWhole: boolean): JsonSchema {
  const lost = (name: string) => Object.hasOwn(read, name) && !Object.hasOwn(kept, name);
  const without = [
    ...(lost("patternProperties") || lost("properties") ? ["additionalProperties"] : []),
    ...(lost("prefixItems") ? ["items"] : []),
    ...(lost("if") ? ["then", "else"] : []),
    ...(lost("contains") || (!isWhole && Object.hasOwn(read, "maxContains")) ? ["minContains", "maxContains"] : []),
  ];
  return Object.fromEntries(Object.entries(kept).filter(([name]) => !without.includes(name)));
}

type Keyword = { name: string; value: unknown; beside: Fields };
type Kept = { keep: boolean; value?: unknown; isWhole: boolean };
const LEFT_OUT: Kept = { keep: false, isWhole: false };

function useKeyword({ name, value, beside }: Keyword, work: Work): Kept {
  const keyword = keywordOf(name);
  if (name === "uniqueItems" && value === false) return { keep: false, isWhole: true };
  if (name === "$ref") return useReference(value, work);
  if (keyword?.role === "refused") return LEFT_OUT;
  if (keyword === null || keyword.role === "annotation") return { keep: isPlain(name, value), value, isWhole: true };
  const holds = holdsOf(name);
  const inner = holds === null ? null : useParts(holds, value, work);
  if (inner === null)
    return checkSchema({ [name]: value }).length === 0 ? { keep: true, value, isWhole: true } : LEFT_OUT;
  if (inner.isWhole || !isStrict(name, beside)) return inner;
  return LEFT_OUT;
}

/** Where a part that allows more makes the whole allow less, or other values. */
function isStrict(name: string, beside: Fields): boolean {
  return ["not", "if", "oneOf"].includes(name) || (name === "contains" && Object.hasOwn(beside, "maxContains"));
}

function isPlain(name: string, value: unknown): boolean {
  return !["title", "description"].includes(name) || typeof value === "string";
}

/** Schemas behind a keyword, each made usable; null for a keyword that holds none. */
function useParts(holds: Holds, value: unknown, work: Work): Kept | null {
  switch (holds) {
    case "inPlace":
    case "inside": {
      if (typeof value !== "boolean" && !isRecord(value)) return LEFT_OUT;
      const { schema, isWhole } = use(value, work);
      return { keep: true, value: schema, isWhole };
    }
    case "inPlaceList":
    case "insideList": {
      if (!Array.isArray(value) || value.length === 0) return LEFT_OUT;
      const parts = value.map((part) => use(part, work));
      return { keep: true, value: parts.map(({ schema }) => schema), isWhole: parts.every((part) => part.isWhole) };
    }
    case "inPlaceByName":
    case "insideByName": {
      if (!isRecord(value) || Object.hasOwn(value, "__proto__")) return LEFT_OUT;
      const parts = Object.entries(value).map(([name, part]) => [name, use(part, work)] as const);
      const named = Object.fromEntries(parts.map(([name, { schema }]) => [name, schema]));
      return { keep: true, value: named, isWhole: parts.every(([, part]) => part.isWhole) };
    }
    default:
      return null;
  }
}

function useReference(ref: unknown, work: Work): Kept {
  if (typeof ref !== "string" || work.open.has(ref)) return LEFT_OUT;
  const known = work.defs.get(ref);
  if (known) return { keep: true, value: `#/$defs/${known.name}`, isWhole: known.isWhole };
  const target = atPointer(work.document, ref);
  if (target === undefined) return LEFT_OUT;
  work.open.add(ref);
  const used = use(target, work);
  work.open.delete(ref);
  const name = `d${work.defs.size + 1}`;
  work.defs.set(ref, { ...used, name });
  return { keep: true, value: `#/$defs/${name}`, isWhole: used.isWhole };
}

/** Words of earlier drafts, and of OpenAPI 3.0, as 2020-12 says them. */
function modern(schema: Fields): Fields {
  const { items, additionalItems, nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  const read: Record<string, unknown> = { ...rest };
  if (Array.isArray(items)) {
    if (items.length > 0) read.prefixItems = items;
    if (additionalItems !== undefined) read.items = additionalItems;
  } else if (items !== undefined) read.items = items;
  for (const [name, bound, value] of [
    ["exclusiveMinimum", "minimum", exclusiveMinimum],
    ["exclusiveMaximum", "maximum", exclusiveMaximum],
  ] as const) {
    if (value === true) {
      read[name] = schema[bound];
      delete read[bound];
    } else if (value !== undefined && value !== false) read[name] = value;
  }
  if (nullable === true && typeof schema.type === "string") read.type = [...new Set([schema.type, "null"])];
  return read;
}
