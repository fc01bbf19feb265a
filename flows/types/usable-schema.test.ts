import { validate as judge, type Schema } from "@cfworker/json-schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { checkSchema } from "./check-schema";
import { isRecord } from "./json-schema";
import { type Dice, dice, literal, randomSchema } from "./random-schemas.contract";
import { randomValue } from "./random-values.contract";
import { usablePorts } from "./usable-ports";
import { usableSchema } from "./usable-schema";
import { validate } from "./validate";

/** Puts words that are refused, or that turn a schema round, anywhere into a schema. */
function strange(schema: unknown, chance: Dice): unknown {
  if (!isRecord(schema)) return schema;
  const parts = Object.fromEntries(
    Object.entries(schema).map(([name, value]) => {
      if (Array.isArray(value) && ["anyOf", "oneOf", "prefixItems"].includes(name))
        return [name, value.map((part) => strange(part, chance))];
      if (isRecord(value) && name === "properties")
        return [name, Object.fromEntries(Object.entries(value).map(([of, part]) => [of, strange(part, chance)]))];
      return [name, ["items", "additionalProperties"].includes(name) ? strange(value, chance) : value];
    }),
  );
  if (chance.odds(70) || "$defs" in schema) return parts;
  const inner = () => strange(randomSchema(chance), chance);
  const more: (() => Record<string, unknown>)[] = [
    () => ({ pattern: "^a*$" }),
    () => ({ uniqueItems: true }),
    () => ({ patternProperties: { "^[ab]$": inner() } }),
    () => ({ not: strange({ minLength: 2, pattern: "b" }, chance) }),
    () => ({ not: inner() }),
    () => Object.fromEntries([...[["if", { pattern: "a" }]], ...["then", "else"].map((name) => [name, inner()])]),
    () => ({ oneOf: [inner(), { pattern: "a" }] }),
    () => ({ contains: { pattern: "a" }, maxContains: 1 }),
    () => ({ propertyNames: { pattern: "a" } }),
    () => ({ dependencies: { a: ["b"] } }),
    () => ({ minLength: "two" }),
    () => ({ type: "text" }),
  ];
  return { ...parts, ...more[chance.below(more.length)]?.() };
}

/** The library by itself, which knows all of the standard's words. Malformed ones it may throw at: no answer. */
function fitsOriginal(schema: unknown, value: Json): boolean {
  try {
    return judge(value, schema as Schema | boolean, "2020-12").valid;
  } catch {
    return false;
  }
}

test("[T6] whatever fits a stranger's schema fits what the studio makes of it, and that is always a schema it can use", () => {
  let fitting = 0;
  let narrower = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const chance = dice(seed);
      for (let each = 0; each < 10; each++) {
        const original = strange(randomSchema(chance), chance);
        const { schema } = usableSchema(original);
        expect(checkSchema(schema)).toEqual([]);
        for (let tries = 0; tries < 4; tries++) {
          const value = tries % 2 ? literal(chance, 2) : randomValue(original, { chance, root: original });
          if (!fitsOriginal(original, value)) narrower += 1;
          else {
            fitting += 1;
            expect([original, value, validate(schema, value).ok]).toEqual([original, value, true]);
          }
        }
      }
    }),
  );
  expect(fitting).toBeGreaterThan(narrower / 10);
});

test("[T6] what can be used stays as it is, and what is left out is named", () => {
  const plain = { type: "object", properties: { a: { type: "string", minLength: 1 } }, additionalProperties: false };
  expect(usableSchema(plain)).toEqual({ schema: plain, left: [] });
  const { schema, left } = usableSchema({
    type: "object",
    properties: { a: { type: "string", pattern: "(a+)+$" }, b: { type: "array", uniqueItems: true } },
    patternProperties: { "^x": { type: "number" } },
    additionalProperties: false,
    not: { required: ["c"], unevaluatedProperties: false },
  });
  expect(schema).toEqual({ type: "object", properties: { a: { type: "string" }, b: { type: "array" } } });
  expect(left).toEqual(["not", "pattern", "patternProperties", "unevaluatedProperties", "uniqueItems"]);
});

test("[T6] references lead into the document alone, and one that leads back into itself allows anything", () => {
  const tree = { type: "object", properties: { children: { type: "array", items: { $ref: "#/definitions/Tree" } } } };
  const document = { definitions: { Tree: tree, Text: { type: "string" } } };
  const { schema, left } = usableSchema({ type: "array", items: { $ref: "#/definitions/Tree" } }, document);
  expect(left).toEqual(["$ref"]);
  expect(validate(schema, [{ children: [{ children: 3 }] }]).ok).toBe(true);
  expect(validate(schema, [{ children: 3 }]).ok).toBe(false);
  for (const ref of ["https://example.com/schema.json", "#/__proto__", "#/definitions/toString", "#/%E0%A4%A", "other"])
    expect(usableSchema({ $ref: ref }, document)).toEqual({ schema: {}, left: ["$ref"] });
});

test("[T6] words of earlier drafts and of OpenAPI 3.0 are read as they were meant", () => {
  const said = { type: "number", minimum: 0, exclusiveMinimum: true, nullable: true };
  expect(usableSchema(said).schema).toEqual({ type: ["number", "null"], exclusiveMinimum: 0 });
  expect(usableSchema({ items: [{ type: "string" }], additionalItems: false }).schema).toEqual({
    prefixItems: [{ type: "string" }],
    items: false,
  });
});

test("[T6] a stranger's schema puts no label on a value", () => {
  const labelled = { type: "object", properties: { key: { type: "string", "x-studio-type": "secret" } } };
  expect(usableSchema(labelled).schema).toEqual({ type: "object", properties: { key: { type: "string" } } });
});

test("[T6] ports are drawn of any schema, also of one that says nothing or too much", () => {
  const several = { type: "object", properties: { a: { type: ["string", "null"] }, b: true, c: false } };
  expect(usablePorts(several).schema).toEqual({
    type: "object",
    properties: { a: { anyOf: [{ type: "string" }, { type: "null" }] }, b: {}, c: { not: {} } },
  });
  const wide = Object.fromEntries(Array.from({ length: 300 }, (_, place) => [`p${place}`, {}]));
  for (const nothing of [true, {}, { type: "object" }, 3, { type: "object", properties: wide }])
    expect(usablePorts(nothing).schema).toEqual({ type: "object", properties: {} });
  expect(usablePorts({ $ref: "#" }).schema).toMatchObject({ type: "object", properties: {} });
});
