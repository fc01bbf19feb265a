import type { Json } from "../basics/json";
import { decimalOf, isMultiple } from "./decimal";
import { isRecord } from "./json-schema";

/**
 * Judges a value by reading the schema as the standard words it, keyword by keyword, without any preparation: slow,
 * unguarded, and sharing nothing with the validator that it is held against.
 */
export function readsAsFitting(schema: unknown, value: Json, root: unknown = schema): boolean {
  if (!isRecord(schema)) return schema === true;
  const fits = (part: unknown, of: Json) => readsAsFitting(part, of, root);
  return Object.entries(schema).every(([keyword, said]) => {
    const rule = RULES[keyword as keyof typeof RULES];
    return rule === undefined || rule({ said: said as never, value, schema, root, fits });
  });
}

type Case = {
  said: never;
  value: Json;
  schema: { readonly [keyword: string]: unknown };
  root: unknown;
  fits: (part: unknown, of: Json) => boolean;
};

const forNumbers = (holds: (value: number, said: number) => boolean) => {
  return ({ value, said }: Case) => typeof value !== "number" || holds(value, said);
};
const forTexts = (holds: (length: number, said: number) => boolean) => {
  return ({ value, said }: Case) => typeof value !== "string" || holds([...value].length, said);
};
const forLists = (holds: (value: readonly Json[], asked: Case) => boolean) => {
  return (asked: Case) => !Array.isArray(asked.value) || holds(asked.value, asked);
};
type JsonObject = { readonly [name: string]: Json };
const forObjects = (holds: (value: JsonObject, asked: Case) => boolean) => {
  return (asked: Case) => !isRecord(asked.value) || holds(asked.value as JsonObject, asked);
};

const written = (value: Json): string =>
  JSON.stringify(value, (_, part) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );

const isOfType = (type: unknown, value: Json) => {
  if (type === "integer") return typeof value === "number" && Math.trunc(value) === value;
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  return type === "object" ? isRecord(value) : typeof value === type;
};

const RULES = {
  type: ({ said, value }: Case) => [said].flat().some((type) => isOfType(type, value)),
  const: ({ said, value }: Case) => written(said) === written(value),
  enum: ({ said, value }: Case) => (said as Json[]).some((choice) => written(choice) === written(value)),
  anyOf: ({ said, value, fits }: Case) => (said as unknown[]).some((choice) => fits(choice, value)),
  oneOf: ({ said, value, fits }: Case) => (said as unknown[]).filter((choice) => fits(choice, value)).length === 1,
  $ref: ({ said, value, root, fits }: Case) =>
    fits((root as { $defs: Record<string, unknown> }).$defs[String(said).slice("#/$defs/".length)], value),
  minimum: forNumbers((value, said) => value >= said),
  maximum: forNumbers((value, said) => value <= said),
  exclusiveMinimum: forNumbers((value, said) => value > said),
  exclusiveMaximum: forNumbers((value, said) => value < said),
  multipleOf: forNumbers((value, said) => isMultiple(decimalOf(value), decimalOf(said))),
  minLength: forTexts((length, said) => length >= said),
  maxLength: forTexts((length, said) => length <= said),
  minItems: forLists((list, { said }) => list.length >= said),
  maxItems: forLists((list, { said }) => list.length <= said),
  prefixItems: forLists((list, { said, fits }) =>
    (said as unknown[]).slice(0, list.length).every((part, place) => fits(part, list[place] ?? null)),
  ),
  items: forLists((list, { said, schema, fits }) =>
    list.slice((schema.prefixItems as unknown[] | undefined)?.length ?? 0).every((item) => fits(said, item)),
  ),
  contains: forLists((list, { said, fits }) => list.some((item) => fits(said, item))),
  required: forObjects((object, { said }) => (said as string[]).every((name) => Object.hasOwn(object, name))),
  minProperties: forObjects((object, { said }) => Object.keys(object).length >= said),
  properties: forObjects((object, { said, fits }) =>
    Object.entries(said as object).every(
      ([name, part]) => !Object.hasOwn(object, name) || fits(part, object[name] ?? null),
    ),
  ),
  additionalProperties: forObjects((object, { said, schema, fits }) =>
    Object.entries(object).every(
      ([name, item]) => Object.hasOwn((schema.properties as object | undefined) ?? {}, name) || fits(said, item),
    ),
  ),
};
