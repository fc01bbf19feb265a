import { type Holds, holdsOf, isRecord, JSON_TYPES, type JsonSchema, keywordOf } from "./json-schema";
import { measure } from "./measure";
import { costOf, DEEPEST, WIDEST } from "./schema-cost";
import { definition, schemasIn } from "./schema-walk";
import { studioTypeOf } from "./studio-type";

/** What makes a schema unfit for a manifest or a form. `at` is a JSON pointer into it. */
export type SchemaFault =
  | { code: "schema_not_json" }
  | { code: "schema_too_large" }
  | { code: "schema_too_wide"; most: number }
  | { code: "keyword_malformed"; at: string; keyword: string }
  | { code: "keyword_refused"; at: string; keyword: string; why: string }
  | { code: "label_unknown"; at: string }
  | { code: "name_refused"; at: string; name: string }
  | { code: "ref_lost"; at: string; ref: string }
  | { code: "ref_recursive"; at: string; ref: string };

const LIMITS = { values: 10_000, depth: 48, characters: 200_000 };

/** An object that is given such a key by assignment gets another prototype instead. */
const PROTOTYPE = "__proto__";

/**
 * Everything that is wrong with a schema that a stranger wrote; empty when validating with it takes bounded time, fetches
 * nothing and reaches no prototype. [T3]
 */
export function checkSchema(schema: unknown): readonly SchemaFault[] {
  return inspect(schema).faults;
}

/** The same, with the most questions that the schema can ask about one value. */
export function inspect(schema: unknown): { faults: readonly SchemaFault[]; cost: number } {
  const size = measure(schema, LIMITS);
  if (!size.ok) return refused({ code: size.fault === "too_large" ? "schema_too_large" : "schema_not_json" });
  if (typeof schema !== "boolean" && !isRecord(schema))
    return refused({ code: "keyword_malformed", at: "", keyword: "" });
  const walk: Walk = { root: schema, faults: [], open: new Set(), done: new Set() };
  visit(schema, "", walk);
  if (walk.faults.length > 0) return { faults: walk.faults, cost: 0 };
  const cost = costOf(schema);
  return cost > WIDEST ? refused({ code: "schema_too_wide", most: WIDEST }) : { faults: [], cost };
}

function refused(fault: SchemaFault): { faults: readonly SchemaFault[]; cost: number } {
  return { faults: [fault], cost: 0 };
}

type Walk = {
  readonly root: JsonSchema;
  readonly faults: SchemaFault[];
  /** Schemas that the walk is inside of, to see a reference that leads back into one of them. */
  readonly open: Set<unknown>;
  readonly done: Set<unknown>;
};

function visit(schema: unknown, at: string, walk: Walk): void {
  if (typeof schema === "boolean" || walk.done.has(schema)) return;
  if (!isRecord(schema)) {
    walk.faults.push({ code: "keyword_malformed", at, keyword: "" });
    return;
  }
  walk.open.add(schema);
  if (studioTypeOf(schema) === "unknown") walk.faults.push({ code: "label_unknown", at });
  for (const [name, value] of Object.entries(schema)) visitKeyword({ name, value, at }, walk);
  walk.open.delete(schema);
  walk.done.add(schema);
}

function visitKeyword({ name, value, at }: { name: string; value: unknown; at: string }, walk: Walk): void {
  const keyword = keywordOf(name);
  if (keyword?.role === "refused" && !(name === "uniqueItems" && value === false))
    walk.faults.push({ code: "keyword_refused", at, keyword: name, why: keyword.why });
  const holds = holdsOf(name);
  if (holds === null) return;
  if (!FORMS[holds](value)) walk.faults.push({ code: "keyword_malformed", at, keyword: name });
  else if (holds === "ref") follow(String(value), at, walk);
  else for (const [place, part] of schemasIn(holds, value)) enter(part, `${at}/${name}${place}`, walk);
}

function enter(schema: unknown, at: string, walk: Walk): void {
  if (at.endsWith(`/${PROTOTYPE}`)) walk.faults.push({ code: "name_refused", at, name: PROTOTYPE });
  visit(schema, at, walk);
}

function follow(ref: string, at: string, walk: Walk): void {
  const target = definition(walk.root, ref);
  if (target === undefined) walk.faults.push({ code: "ref_lost", at, ref });
  else if (walk.open.has(target)) walk.faults.push({ code: "ref_recursive", at, ref });
  else if (walk.open.size > DEEPEST) walk.faults.push({ code: "schema_too_large" });
  else visit(target, ref.slice(1), walk);
}

const FORMS: Readonly<Record<Holds, (value: unknown) => boolean>> = {
  types: (value) => (Array.isArray(value) ? value.length > 0 && value.every(isType) : isType(value)),
  names: isNames,
  namesByName: (value) => isRecord(value) && Object.values(value).every(isNames),
  bound: (value) => typeof value === "number",
  divisor: (value) => typeof value === "number" && value > 0,
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  literals: (value) => Array.isArray(value),
  literal: () => true,
  inPlace: isSchema,
  inside: isSchema,
  inPlaceList: (value) => Array.isArray(value) && value.length > 0 && value.every(isSchema),
  insideList: (value) => Array.isArray(value) && value.every(isSchema),
  inPlaceByName: (value) => isRecord(value) && Object.values(value).every(isSchema),
  insideByName: (value) => isRecord(value) && Object.values(value).every(isSchema),
  definitions: (value) => isRecord(value) && Object.values(value).every(isSchema),
  ref: (value) => typeof value === "string",
};

function isType(value: unknown): boolean {
  return JSON_TYPES.some((type) => type === value);
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string" && name !== PROTOTYPE);
}

function isSchema(value: unknown): boolean {
  return typeof value === "boolean" || isRecord(value);
}
