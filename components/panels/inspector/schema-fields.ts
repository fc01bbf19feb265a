import type { Json } from "@/flows/basics/json";
import { isRecord } from "@/flows/types/json-schema";
import { freeName, moved, renamed } from "./change";

type Entries = Readonly<Record<string, Json>>;
type Property = Readonly<Record<string, Json>>;

/** The schema of a plain object, as fields: what else it says stays as it is. */
export type FieldsSchema = {
  properties: Readonly<Record<string, Property>>;
  rest: Entries;
  required: readonly string[];
};
export type SchemaPart = { name: string; title: string; type: FieldType; required: boolean; initial: Json | undefined };

const OF_TYPE = {
  text: { type: "string" },
  long: { type: "string", format: "text" },
  csv: { type: "string", format: "csv" },
  file: { type: "string", contentEncoding: "base64" },
  number: { type: "number" },
  integer: { type: "integer" },
  boolean: { type: "boolean" },
  time: { type: "string", format: "date-time" },
  list: { type: "array" },
  object: { type: "object" },
} as const satisfies Record<string, Property>;
export type FieldType = keyof typeof OF_TYPE | "other";

export const FIELD_TYPES: readonly { value: Exclude<FieldType, "other">; label: string }[] = [
  { value: "text", label: "Text" },
  { value: "long", label: "Long text" },
  { value: "csv", label: "CSV" },
  { value: "file", label: "File" },
  { value: "number", label: "Number" },
  { value: "integer", label: "Whole number" },
  { value: "boolean", label: "Yes or no" },
  { value: "time", label: "Moment" },
  { value: "list", label: "List" },
  { value: "object", label: "Object" },
];

/** Null for a schema that is not one of named fields: it is edited as it stands. */
export function fieldsOf(schema: Json | undefined): FieldsSchema | null {
  if (!isRecord(schema) || schema.type !== "object") return null;
  const { type: _object, properties = {}, required = [], ...rest } = schema as Entries;
  if (!isRecord(properties) || !Object.values(properties).every(isRecord)) return null;
  if (!Array.isArray(required) || !required.every((name) => typeof name === "string")) return null;
  return { properties: properties as FieldsSchema["properties"], rest, required };
}

export function schemaOf({ properties, rest, required }: FieldsSchema): Json {
  const known = required.filter((name) => Object.hasOwn(properties, name));
  return { type: "object", properties, required: known, ...rest };
}

export function partsOf({ properties, required }: FieldsSchema): SchemaPart[] {
  return Object.entries(properties).map(([name, property]) => ({
    name,
    title: typeof property.title === "string" ? property.title : "",
    type: typeOf(property),
    required: required.includes(name),
    initial: property.default,
  }));
}

/** The type alone decides the control; what bounds a value (a length, a choice) stays while its type does. */
function typeOf({ type, format, contentEncoding }: Property): FieldType {
  if (type === "string" && contentEncoding === "base64") return "file";
  const wanted = [format, undefined];
  for (const each of wanted) {
    const found = FIELD_TYPES.find(({ value }) => {
      const schema: Property = OF_TYPE[value];
      return schema.type === type && schema.format === each;
    });
    if (found) return found.value;
  }
  return "other";
}

export type PartChange = Partial<Pick<SchemaPart, "title" | "type" | "required">> & { initial?: Json | undefined };

export function changeField(schema: FieldsSchema, name: string, change: PartChange): FieldsSchema {
  const before = schema.properties[name] ?? {};
  const property = "type" in change && change.type ? ofType(change.type, before) : before;
  const { title = property.title ?? "", initial = property.default } = change;
  const { title: _title, default: _default, ...kept } = property;
  const cleared = "initial" in change && change.initial === undefined;
  const next: Property = {
    ...kept,
    ...(title === "" ? {} : { title }),
    ...(initial === undefined || cleared ? {} : { default: initial }),
  };
  const others = schema.required.filter((each) => each !== name);
  const required = change.required === undefined ? schema.required : change.required ? [...others, name] : others;
  return { ...schema, properties: { ...schema.properties, [name]: next }, required };
}

const LABEL = "x-studio-type";

/** Another type: of the rest, what is true of a value of any type stays. */
function ofType(type: FieldType, before: Property): Property {
  if (type === "other") return before;
  const { title, description, [LABEL]: label, default: initial } = before;
  const next: Property = OF_TYPE[type];
  const fits = initial !== undefined && typeof initial === next.type;
  const kept = { title, description, [LABEL]: label, default: fits ? initial : undefined };
  return { ...next, ...Object.fromEntries(Object.entries(kept).filter(([, part]) => part !== undefined)) } as Property;
}

export function addField(schema: FieldsSchema): FieldsSchema {
  const name = freeName("field", Object.keys(schema.properties));
  return {
    ...schema,
    properties: { ...schema.properties, [name]: { type: "string" } },
    required: [...schema.required, name],
  };
}

export function removeField({ properties, required, rest }: FieldsSchema, name: string): FieldsSchema {
  const left = Object.entries(properties).filter(([each]) => each !== name);
  return { rest, properties: Object.fromEntries(left), required: required.filter((each) => each !== name) };
}

export function renameField(schema: FieldsSchema, from: string, to: string): FieldsSchema {
  const properties = renamed(schema.properties, from, to) as FieldsSchema["properties"];
  return { ...schema, properties, required: schema.required.map((each) => (each === from ? to : each)) };
}

export function moveField(schema: FieldsSchema, from: number, to: number): FieldsSchema {
  const names = moved(Object.keys(schema.properties), from, to) as string[];
  return { ...schema, properties: Object.fromEntries(names.map((name) => [name, schema.properties[name] ?? {}])) };
}

/** Why a field cannot have this name, or null. Names are what wires and expressions say. */
export function nameProblem({ properties }: FieldsSchema, own: string, name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name)) return "Letters, digits and _; a letter first; at most 64.";
  return name !== own && Object.hasOwn(properties, name) ? "Another field has this name." : null;
}

/** How a default of this type is asked for. */
export function defaultProperty(type: FieldType): Property {
  return { ...(type === "other" ? {} : OF_TYPE[type]), title: "Default" };
}
