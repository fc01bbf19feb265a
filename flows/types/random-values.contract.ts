import type { Json } from "../basics/json";
import { isRecord } from "./json-schema";
import { type Dice, literal, NAMES, NUMBERS } from "./random-schemas.contract";

type Fields = { readonly [keyword: string]: unknown };
type Making = { readonly chance: Dice; readonly root: unknown };

/** A value that likely fits: it follows the schema as it is written, without what the studio makes of it. */
export function randomValue(schema: unknown, making: Making): Json {
  const { chance } = making;
  if (!isRecord(schema) || chance.odds(4)) return literal(chance, 2);
  if ("const" in schema) return schema.const as Json;
  if (Array.isArray(schema.enum)) return schema.enum[chance.below(schema.enum.length)] ?? null;
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return randomValue(choices[chance.below(choices.length)], making);
  return typeof schema.$ref === "string" && isRecord(making.root) && isRecord(making.root.$defs)
    ? randomValue(making.root.$defs[schema.$ref.slice("#/$defs/".length)], making)
    : ofType(schema, making);
}

function ofType(schema: Fields, making: Making): Json {
  const { chance } = making;
  const types: unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  switch (types[chance.below(types.length)] ?? (isRecord(schema.properties) ? "object" : "any")) {
    case "null":
      return null;
    case "boolean":
      return chance.odds(50);
    case "string":
      return "ab".repeat(3).slice(0, Number(schema.minLength ?? 0) + chance.below(3));
    case "number":
      return randomNumber(schema, chance);
    case "integer":
      return Math.ceil(randomNumber(schema, chance));
    case "array":
      return randomList(schema, making);
    case "object":
      return randomRecord(schema, making);
    default:
      return literal(chance, 1);
  }
}

function randomNumber(schema: Fields, chance: Dice): number {
  const ends = [schema.minimum, schema.exclusiveMinimum, schema.maximum, schema.exclusiveMaximum];
  const known = ends.filter((end) => typeof end === "number");
  const base = known[chance.below(known.length + 1)] ?? chance.pick(NUMBERS);
  const step = typeof schema.multipleOf === "number" ? schema.multipleOf : chance.pick([1, 0.5, 0.37]);
  if (chance.odds(20)) return base;
  const near = typeof schema.multipleOf === "number" ? Math.floor(base / step) : base / step;
  // Rounded, because 3 * 0.1 is not written as 0.3.
  return Number(((near + chance.below(4) - 1) * step).toPrecision(12));
}

function randomList(schema: Fields, making: Making): Json[] {
  const { chance } = making;
  const prefix: readonly unknown[] = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const least = Number(schema.minItems ?? 0);
  const length = least + chance.below(Math.max(prefix.length - least, 0) + 3);
  return Array.from({ length: Math.min(length, Number(schema.maxItems ?? length)) }, (_, place) =>
    randomValue(prefix[place] ?? schema.items, making),
  );
}

function randomRecord(schema: Fields, making: Making): Json {
  const { chance } = making;
  const properties: Fields = isRecord(schema.properties) ? schema.properties : {};
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const names = NAMES.filter(
    (name) => required.includes(name) || chance.odds(Object.hasOwn(properties, name) ? 55 : 12),
  );
  return Object.fromEntries(
    names.map((name) => [
      name,
      randomValue(Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties, making),
    ]),
  );
}
