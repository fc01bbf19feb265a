import type { Json } from "../basics/json";
import { isRecord, JSON_TYPES, type JsonSchema, type JsonType, keywordOf } from "./json-schema";
import { definition } from "./schema-walk";
import { type StudioType, studioTypeOf } from "./studio-type";

/** From `min` to `max`; an open end is not part of it. */
export type Range = {
  readonly min: number;
  readonly max: number;
  readonly minOpen: boolean;
  readonly maxOpen: boolean;
};
export type Count = { readonly min: number; readonly max: number };

/** A schema that passed `checkSchema`, with every keyword in its place and every reference followed. */
export type SchemaNode = {
  readonly types: ReadonlySet<JsonType>;
  /** One list for `enum`, one for `const`: a value must be in each. */
  readonly literals: readonly (readonly Json[])[];
  readonly range: Range;
  readonly divisors: readonly number[];
  readonly length: Count;
  readonly count: Count;
  readonly prefix: readonly SchemaNode[];
  /** What lies behind the prefix; null: anything. */
  readonly rest: SchemaNode | null;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  /** What other properties hold; null: anything. */
  readonly additional: SchemaNode | null;
  readonly required: ReadonlySet<string>;
  /** Of each group one must hold: `anyOf` is a group, `$ref` a group of one. */
  readonly groups: readonly (readonly SchemaNode[])[];
  /** Says nothing about a value. */
  readonly free: boolean;
  /** A keyword that only the validator understands. */
  readonly opaque: string | null;
  readonly label: StudioType | "unknown" | null;
  /** What is declared somewhere under keywords that only the validator understands. */
  readonly buried: ReadonlySet<StudioType | "unknown">;
};

const EVERY_NUMBER: Range = {
  min: Number.NEGATIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
  minOpen: false,
  maxOpen: false,
};
const ANY_COUNT: Count = { min: 0, max: Number.POSITIVE_INFINITY };

/** Admits every value. */
export const ANY: SchemaNode = {
  types: new Set(JSON_TYPES),
  literals: [],
  range: EVERY_NUMBER,
  divisors: [],
  length: ANY_COUNT,
  count: ANY_COUNT,
  prefix: [],
  rest: null,
  properties: new Map(),
  additional: null,
  required: new Set(),
  groups: [],
  free: true,
  opaque: null,
  label: null,
  buried: new Set(),
};
const NOTHING: SchemaNode = { ...ANY, types: new Set(), free: false };

/** The node that admits this one value. */
export function literalNode(value: Json): SchemaNode {
  return { ...ANY, free: false, literals: [[value]] };
}

type Reading = { readonly root: JsonSchema; readonly known: Map<unknown, SchemaNode> };
type Fields = { readonly [keyword: string]: unknown };

/** Reads a schema that passed `checkSchema`. A definition is read once, however often it is referred to. */
export function readNode(root: JsonSchema): SchemaNode {
  return read(root, { root, known: new Map() });
}

function read(schema: unknown, reading: Reading): SchemaNode {
  if (!isRecord(schema)) return schema === false ? NOTHING : ANY;
  const known = reading.known.get(schema);
  if (known) return known;
  const node = readFields(schema, reading);
  reading.known.set(schema, node);
  return node;
}

function readFields(fields: Fields, reading: Reading): SchemaNode {
  const { opaque, judges } = rolesIn(fields);
  const label = studioTypeOf(fields);
  if (!judges && opaque === null && label === null) return ANY;
  const one = (name: string) => (Object.hasOwn(fields, name) ? read(fields[name], reading) : null);
  return {
    types: readTypes(fields.type),
    literals: [
      ...(Array.isArray(fields.enum) ? [fields.enum as Json[]] : []),
      ...(Object.hasOwn(fields, "const") ? [[fields.const as Json]] : []),
    ],
    range: readRange(fields),
    divisors: typeof fields.multipleOf === "number" ? [fields.multipleOf] : [],
    length: readCount(fields.minLength, fields.maxLength),
    count: readCount(fields.minItems, fields.maxItems),
    prefix: readList(fields.prefixItems, reading),
    rest: one("items"),
    properties: readNamed(fields.properties, reading),
    additional: one("additionalProperties"),
    required: Array.isArray(fields.required) ? new Set(fields.required) : ANY.required,
    groups: [
      ...(Array.isArray(fields.anyOf) ? [readList(fields.anyOf, reading)] : []),
      ...(typeof fields.$ref === "string" ? [[read(definition(reading.root, fields.$ref), reading)]] : []),
    ],
    free: !judges && opaque === null,
    opaque,
    label,
    buried: opaque === null ? ANY.buried : labelsBuried(fields),
  };
}

/** The first keyword that is not decided, and whether any keyword is that judges values. */
function rolesIn(fields: Fields): { opaque: string | null; judges: boolean } {
  let opaque: string | null = null;
  let judges = false;
  for (const name of Object.keys(fields)) {
    const role = keywordOf(name)?.role;
    if (role === "decided") judges ||= name !== "$defs";
    else if (role !== "annotation") opaque ??= name;
  }
  return { opaque, judges };
}

function readNamed(schemas: unknown, reading: Reading): ReadonlyMap<string, SchemaNode> {
  if (!isRecord(schemas)) return ANY.properties;
  return new Map(Object.entries(schemas).map(([name, part]) => [name, read(part, reading)]));
}

function readList(schemas: unknown, reading: Reading): SchemaNode[] {
  return Array.isArray(schemas) ? schemas.map((schema) => read(schema, reading)) : [];
}

const typesFrom = (named: readonly unknown[]): ReadonlySet<JsonType> =>
  new Set(JSON_TYPES.filter((known) => named.includes(known) || (known === "integer" && named.includes("number"))));

const ALONE = new Map<unknown, ReadonlySet<JsonType>>(JSON_TYPES.map((type) => [type, typesFrom([type])]));

function readTypes(type: unknown): ReadonlySet<JsonType> {
  if (type === undefined) return ANY.types;
  return ALONE.get(type) ?? typesFrom(Array.isArray(type) ? type : []);
}

function readCount(min: unknown, max: unknown): Count {
  return {
    min: typeof min === "number" ? min : ANY_COUNT.min,
    max: typeof max === "number" ? max : ANY_COUNT.max,
  };
}

function readRange({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Fields): Range {
  const closed = {
    min: typeof minimum === "number" ? minimum : EVERY_NUMBER.min,
    max: typeof maximum === "number" ? maximum : EVERY_NUMBER.max,
  };
  const minOpen = typeof exclusiveMinimum === "number" && exclusiveMinimum >= closed.min;
  const maxOpen = typeof exclusiveMaximum === "number" && exclusiveMaximum <= closed.max;
  return {
    min: minOpen ? Number(exclusiveMinimum) : closed.min,
    max: maxOpen ? Number(exclusiveMaximum) : closed.max,
    minOpen,
    maxOpen,
  };
}

/** Every label below, at whatever depth and keyword: what only the validator understands might hold any of them. */
function labelsBuried(schema: unknown): ReadonlySet<StudioType | "unknown"> {
  if (Array.isArray(schema)) return new Set(schema.flatMap((part) => [...labelsBuried(part)]));
  if (!isRecord(schema)) return new Set();
  const own = studioTypeOf(schema);
  return new Set([...(own ? [own] : []), ...Object.values(schema).flatMap((part) => [...labelsBuried(part)])]);
}
