import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { type Dice, dice, randomSchema } from "../types/random-schemas.contract";
import { randomValue } from "../types/random-values.contract";
import { readSchema } from "../types/read-schema";
import { validate } from "../types/validate";
import { environmentOf } from "./environment";
import { compileExpression, evaluateExpression } from "./expression";
import type { Schema } from "./schema";
import { schemaOfResult } from "./schema-of-result";

const line = { type: "object", properties: { text: { type: "string", maxLength: 9 }, ok: { type: "boolean" } } };
const order = {
  type: "object",
  properties: { lines: { type: "array", items: line }, total: { type: "integer", minimum: 1 }, open: true },
};
const schemas = { order, any: true, rate: { type: "number" } };

function schemaOf(text: string, given: Readonly<Record<string, Schema>> = schemas): Schema | string {
  const made = compileExpression(text, "json", environmentOf(given));
  return made.ok ? schemaOfResult(made.value) : made.error.problem;
}

test.each([
  ["order", order],
  ["order.lines", order.properties.lines],
  ["order.lines[0].text", line.properties.text],
  ["order['total']", order.properties.total],
  ["order.lines.filter(l, l.ok)", { type: "array", items: line }],
  ["order.lines.map(l, l.text)", { type: "array", items: { type: "string" } }],
  ["order.total * 2", { type: "integer" }],
  ["rate * 2.0", { type: "number" }],
  ["size(order.lines) > 0", { type: "boolean" }],
  ["timestamp('2030-01-31T09:00:00Z')", { type: "string", format: "date-time" }],
  ["uint(3)", { type: "integer", minimum: 0 }],
  ["null", { type: "null" }],
  ["'a'", { type: "string", const: "a" }],
  ["[1, 2]", { type: "array", items: { type: "integer" } }],
  ["order.lines.map(l, l.text + '!')", { type: "array", items: { type: "string" } }],
  ["order.lines.map(l, l.text) + any", true],
  ["order.lines.map(l, [l.text] + any)", true],
  ["{}", true],
  ["[]", true],
  ["[1, 'a']", true],
  ["any.thing", true],
  ["order.open", true],
  ["[order.open]", true],
  ["{'a': any}", true],
  ["order.total > 5 ? order.lines : order.lines", order.properties.lines],
  [
    "rate > 1.0 ? 'a' : 'b'",
    {
      type: "string",
      anyOf: [
        { type: "string", const: "a" },
        { type: "string", const: "b" },
      ],
    },
  ],
  ["rate > 1.0 ? any : 'b'", true],
])("[E10] %s gives what its schema says", (text, schema) => {
  expect(schemaOf(text)).toEqual(schema);
});

test("[E10] an object that is written out has exactly its keys", () => {
  expect(schemaOf("{'total': order.total, 'first': order.lines[0], 'sum': rate + 1.0}")).toEqual({
    type: "object",
    properties: { total: order.properties.total, first: line, sum: { type: "number" } },
    required: ["total", "first", "sum"],
    additionalProperties: false,
  });
  expect(schemaOf("{order.lines[0].text: 1}")).toEqual({ type: "object", additionalProperties: { type: "integer" } });
  expect(schemaOf("{'__proto__': 1}")).toEqual({ type: "object", additionalProperties: { type: "integer" } });
});

test("[E10] definitions go along, those of two variables apart", () => {
  const named = (it: Schema) => ({ type: "object", properties: { a: { $ref: "#/$defs/it" } }, $defs: { it } });
  const given = { one: named({ type: "string" }), two: named({ type: "integer" }) };
  expect(schemaOf("one.a", given)).toEqual({ $ref: "#/$defs/it", $defs: given.one.$defs });
  expect(schemaOf("[one]", given)).toEqual({
    type: "array",
    items: { type: "object", properties: given.one.properties },
    $defs: given.one.$defs,
  });
  expect(schemaOf("{'x': one.a, 'y': two.a}", given)).toMatchObject({
    properties: { x: { $ref: "#/$defs/0.it" }, y: { $ref: "#/$defs/1.it" } },
    $defs: { "0.it": { type: "string" }, "1.it": { type: "integer" } },
  });
});

test("[E10] properties that are no words are not taken for one another", () => {
  const odd = {
    type: "object",
    properties: {
      field1: { type: "object", properties: { a: { type: "string" } } },
      "b c": { type: "object", properties: { a: { type: "integer" } } },
    },
  };
  expect(schemaOf("[value['b c']]", { value: odd })).toEqual(true);
});

const PLACES = [
  "value",
  "value.a",
  "value.b",
  "value['c']",
  "value.list",
  "value.list[0]",
  "value.a.b",
  "other",
  "other.a",
];
const { text: expressions } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(...PLACES, "1", "2.5", "'x'", "true", "null", "3u"),
    fc.tuple(tie("text"), fc.constantFrom("+", "==", "*", "-"), tie("text")).map(([a, by, b]) => `(${a} ${by} ${b})`),
    fc.tuple(tie("text"), tie("text"), tie("text")).map(([a, b, c]) => `(dyn(${a}) == dyn(${b}) ? ${b} : ${c})`),
    fc.tuple(tie("text"), tie("text")).map(([a, b]) => `{'k': ${a}, 'l m': ${b}}`),
    fc.tuple(tie("text"), tie("text")).map(([a, b]) => `[${a}, ${b}]`),
    tie("text").map((a) => `value.list.map(i, [i, ${a}])`),
    tie("text").map((a) => `value.list.filter(i, dyn(i) != dyn(${a}))`),
    tie("text").map((a) => `size([${a}])`),
    tie("text").map((a) => `(${a})`),
  ),
}));

/** An object of which much is known, and anything at all beside it. */
function randomSchemas(chance: Dice): { value: Described; other: Schema } {
  const parts = Object.fromEntries(["a", "b", "c"].map((name) => [name, randomSchema(chance)]));
  return {
    value: { type: "object", properties: { ...parts, list: { type: "array", items: randomSchema(chance) } } },
    other: randomSchema(chance),
  };
}

type Described = { type: "object"; properties: Readonly<Record<string, Schema>> };

/** Values that fit, as far as chance finds some soon. */
function randomValues({ value, other }: ReturnType<typeof randomSchemas>, chance: Dice): Record<string, Json> {
  const fields = Object.entries(value.properties).flatMap(([name, schema]) => fitting(name, schema, chance));
  return Object.fromEntries([["value", Object.fromEntries(fields)] as const, ...fitting("other", other, chance)]);
}

function fitting(name: string, schema: Schema, chance: Dice): [string, Json][] {
  const tries = Array.from({ length: 8 }, () => randomValue(schema, { chance, root: schema }));
  const found = tries.find((value) => validate(schema, value).ok);
  return found === undefined ? [] : [[name, found]];
}

test("[E10] whatever an expression gives fits the schema of its result", () => {
  let judged = 0;
  fc.assert(
    fc.property(fc.integer(), expressions, (seed, text) => {
      const chance = dice(seed);
      const schemas = randomSchemas(chance);
      const made = compileExpression(text, "json", environmentOf(schemas));
      if (!made.ok || !Object.values(schemas).every((schema) => readSchema(schema).ok)) return;
      const schema = schemaOfResult(made.value);
      expect(readSchema(schema).ok).toBe(true);
      for (let tries = 0; tries < 8; tries++) {
        const answer = evaluateExpression(made.value, randomValues(schemas, chance));
        if (!answer.ok) continue;
        judged += schema === true ? 0 : 1;
        const given = answer.value.value;
        expect({ text, schema, given, fits: validate(schema, given).ok }).toMatchObject({ fits: true });
      }
    }),
  );
  // The property says something only where a result is described and its values are there.
  expect(judged).toBeGreaterThan(100);
});
