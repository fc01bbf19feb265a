import type { Json } from "@/flows/basics/json";
import type { Control, Shown } from "@/flows/nodes/shown";
import { isRecord, type JsonSchema } from "@/flows/types/json-schema";

export type Option = { value: string; label: string };
export type ShapeField = { name: string; shape: Shape; required: boolean };
export type Variant = { value: string; title: string; shape: Shape };

type Said = Pick<Shown, "one" | "fresh" | "ports" | "wants" | "when"> & {
  title: string;
  help: string | undefined;
  /** What holds while the setting is not there. */
  initial: Json | undefined;
  control: Control | null;
};

export type TextRules = { least: number; most: number | null; pattern: string | null; not: readonly string[] };

/**
 * How one setting is filled in, read from its JSON Schema. `whole`: a control of its own takes it as one value, which has
 * what it `demands`.
 */
export type Shape = Said &
  (
    | ({ as: "text" } & TextRules)
    | { as: "number"; isWhole: boolean; min: number | null; max: number | null }
    | { as: "switch" }
    | { as: "choice"; options: readonly Option[] }
    | { as: "flags"; options: readonly Option[]; least: number }
    | { as: "list"; item: Shape; least: number; most: number | null; isUnique: boolean; differBy: string | null }
    | { as: "record"; key: Shape; item: Shape; least: number; most: number | null }
    | { as: "object"; fields: readonly ShapeField[] }
    | { as: "variants"; by: string | null; variants: readonly Variant[] }
    | { as: "whole"; demands: readonly string[] }
    | { as: "unknown" }
  );

type Schema = { readonly [keyword: string]: unknown };
type Kind = Shape extends infer Each ? (Each extends unknown ? Omit<Each, keyof Said> : never) : never;

/** Controls that take the whole value, however it is made up. */
const WHOLE: readonly Control[] = ["money", "cap", "schema", "form", "given", "agent_inputs", "approvers"];

export function shapeOf(schema: JsonSchema): Shape {
  const read: Schema = isRecord(schema) ? schema : {};
  const how: Shown = isRecord(read["x-shown"]) ? (read["x-shown"] as Shown) : {};
  const control = how.control ?? null;
  const said: Said = {
    title: textOf(read.title) ?? "",
    help: textOf(read.description),
    initial: read.default as Json | undefined,
    control,
    ...pick(how),
  };
  return {
    ...said,
    ...(control !== null && WHOLE.includes(control)
      ? { as: "whole", demands: namesOf(read.required) }
      : kindOf(read, how)),
  } as Shape;
}

function pick({ one, fresh, ports, wants, when }: Shown) {
  const given = Object.entries({ one, fresh, ports, wants, when }).filter(([, part]) => part !== undefined);
  return Object.fromEntries(given) as Pick<Said, "one" | "fresh" | "ports" | "wants" | "when">;
}

function kindOf(schema: Schema, how: Shown): Kind {
  const union = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(union)) return variantsOf(union as Schema[], how);
  if (Array.isArray(schema.enum)) return { as: "choice", options: optionsOf(schema.enum, how) };
  switch (schema.type) {
    case "string":
      return textShape(schema);
    case "integer":
    case "number":
      return {
        as: "number",
        isWhole: schema.type === "integer",
        min: numberOf(schema.minimum),
        max: numberOf(schema.maximum),
      };
    case "boolean":
      return { as: "switch" };
    case "array":
      return listShape(schema, how);
    case "object":
      return objectShape(schema);
    default:
      return { as: "unknown" };
  }
}

function textShape(schema: Schema): Kind {
  const not = isRecord(schema.not) && Array.isArray(schema.not.enum) ? schema.not.enum.map(String) : [];
  return {
    as: "text",
    least: numberOf(schema.minLength) ?? 0,
    most: numberOf(schema.maxLength),
    pattern: textOf(schema.pattern) ?? null,
    not,
  };
}

function listShape(schema: Schema, how: Shown): Kind {
  const items: Schema = isRecord(schema.items) ? schema.items : {};
  const least = numberOf(schema.minItems) ?? 0;
  if (Array.isArray(items.enum)) return { as: "flags", options: optionsOf(items.enum, how), least };
  return {
    as: "list",
    item: shapeOf(items),
    least,
    most: numberOf(schema.maxItems),
    isUnique: schema.uniqueItems === true,
    differBy: how.differBy ?? null,
  };
}

function objectShape(schema: Schema): Kind {
  const properties = isRecord(schema.properties) ? schema.properties : null;
  if (!properties && isRecord(schema.additionalProperties))
    return {
      as: "record",
      key: shapeOf(isRecord(schema.propertyNames) ? schema.propertyNames : { type: "string" }),
      item: shapeOf(schema.additionalProperties),
      least: numberOf(schema.minProperties) ?? 0,
      most: numberOf(schema.maxProperties),
    };
  const required = new Set(namesOf(schema.required));
  const fields = Object.entries(properties ?? {}).map(([name, part]) => ({
    name,
    shape: shapeOf(part as JsonSchema),
    required: required.has(name),
  }));
  return { as: "object", fields };
}

/** Told apart by a field that is constant in each, else by what is in them. */
function variantsOf(union: readonly Schema[], how: Shown): Kind {
  const by = discriminatorOf(union);
  const variants = union.map((schema, place) => {
    const shape = shapeOf(by === null ? schema : without(schema, by));
    const value = by === null ? String(place) : String(constantOf(schema, by));
    return { value, title: how.names?.[value] ?? (shape.title || value), shape };
  });
  return { as: "variants", by, variants };
}

function discriminatorOf(union: readonly Schema[]): string | null {
  const first = union[0]?.properties;
  const names = isRecord(first) ? Object.keys(first) : [];
  return names.find((name) => union.every((schema) => constantOf(schema, name) !== undefined)) ?? null;
}

function constantOf({ properties }: Schema, name: string): unknown {
  const part = isRecord(properties) ? properties[name] : undefined;
  return isRecord(part) ? part.const : undefined;
}

function without(schema: Schema, name: string): Schema {
  const properties = Object.entries(schema.properties as Schema).filter(([each]) => each !== name);
  return { ...schema, properties: Object.fromEntries(properties) };
}

function optionsOf(values: readonly unknown[], { names = {} }: Shown): Option[] {
  return values.map((value) => ({ value: String(value), label: names[String(value)] ?? String(value) }));
}

const namesOf = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const numberOf = (value: unknown) => (typeof value === "number" ? value : null);
