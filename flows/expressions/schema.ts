import type { DeclaredType } from "./library";

/** A JSON Schema as the types of ports carry it. Only what tells types and sizes is read; `{}` and true say nothing. */
export type Schema = boolean | { readonly [keyword: string]: unknown };

/** What an editor shows of a field. */
export type Field = { readonly name: string; readonly type: string; readonly doc: string };

/** Object types by name, the innermost first, with the fields that an expression may name. */
export type Types = Map<string, readonly Field[]>;

const MAX_TYPES = 200;
const MAX_DEPTH = 12;
const SCALARS: Readonly<Record<string, string>> = {
  string: "string",
  integer: "int",
  number: "double",
  boolean: "bool",
  null: "null",
};

/**
 * The type that an expression sees. string, boolean and null are themselves, `integer` is int and `number` is double: the
 * schema decides, never the value, so that 3 is a double where the schema says number. An object with properties has those
 * fields and no others; one without is a map; what the schema leaves open (no type, several types, anyOf, $ref) is dyn.
 * Object types are added to `types` under `name`. [E2]
 */
export function typeOfSchema(schema: Schema, name: string, types: Types): string {
  return typed(schema, { name, types, depth: 0 });
}

type Naming = { readonly name: string; readonly types: Types; readonly depth: number };

function typed(schema: Schema, { name, types, depth }: Naming): string {
  const type = keyword(schema, "type");
  if (typeof type !== "string" || depth > MAX_DEPTH || types.size >= MAX_TYPES) return "dyn";
  if (type === "array") return `list<${typed(itemsOf(schema), { name: `${name}.item`, types, depth: depth + 1 })}>`;
  if (type !== "object") return Object.hasOwn(SCALARS, type) ? (SCALARS[type] ?? "dyn") : "dyn";
  const properties = propertiesOf(schema);
  if (properties.length === 0)
    return `map<string, ${typed(valuesOf(schema), { name: `${name}.value`, types, depth: depth + 1 })}>`;
  const fields = properties.map(([key, property], place): Field => {
    const inner = /^\w{1,40}$/.test(key) ? key : `field${place}`;
    return {
      name: key,
      type: typed(property, { name: `${name}.${inner}`, types, depth: depth + 1 }),
      doc: docOf(property),
    };
  });
  types.set(name, fields);
  return name;
}

export function declared(types: Types): DeclaredType[] {
  return [...types].map(([name, fields]) => ({
    name,
    fields: Object.fromEntries(fields.map(({ name: field, type }) => [field, type])),
  }));
}

export function itemsOf(schema: Schema): Schema {
  return keyword(schema, "prefixItems") === undefined ? asSchema(keyword(schema, "items")) : true;
}

/** The schema of one property of an object, or of all that are not named. */
export function propertyOf(schema: Schema, name: string): Schema {
  const properties = keyword(schema, "properties");
  if (typeof properties === "object" && properties !== null && Object.hasOwn(properties, name))
    return asSchema((properties as Record<string, unknown>)[name]);
  return valuesOf(schema);
}

/** How long a text, list or map can be at most, or null where the schema does not say. */
export function boundOf(schema: Schema): number | null {
  const bound = keyword(schema, BOUNDS[String(keyword(schema, "type"))] ?? "maxLength");
  return typeof bound === "number" && Number.isInteger(bound) && bound >= 0 ? bound : null;
}

export function isWhole(schema: Schema): boolean {
  return keyword(schema, "type") === "integer";
}

export function docOf(schema: Schema): string {
  const [title, description] = [keyword(schema, "title"), keyword(schema, "description")];
  return [title, description].filter((part) => typeof part === "string").join(". ");
}

const BOUNDS: Readonly<Record<string, string>> = { array: "maxItems", object: "maxProperties" };

function valuesOf(schema: Schema): Schema {
  return asSchema(keyword(schema, "additionalProperties"));
}

function propertiesOf(schema: Schema): [string, Schema][] {
  const properties = keyword(schema, "properties");
  if (typeof properties !== "object" || properties === null) return [];
  // The library would take "__proto__" for what it is in JavaScript.
  const named = Object.entries(properties).filter(([name]) => name !== "__proto__");
  return named.map(([name, property]) => [name, asSchema(property)]);
}

function keyword(schema: Schema, name: string): unknown {
  return typeof schema === "object" && Object.hasOwn(schema, name) ? schema[name] : undefined;
}

/** Whatever stands where a schema should, as one: what is none says nothing. */
export function asSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : true;
}
