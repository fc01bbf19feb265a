import fc from "fast-check";
import { expect, test } from "vitest";
import { fuzzing } from "../basics/fuzzing.contract";
import type { Json } from "../basics/json";
import { environmentOf } from "./environment";
import { compileExpression, evaluateExpression, type Purpose } from "./expression";
import { MAX_STEPS } from "./meter";

const environment = environmentOf({
  order: { type: "object", properties: { id: { type: "string", maxLength: 20 }, cents: { type: "integer" } } },
  rest: true,
  limit: { type: "integer" },
});

const { node: wellFormed } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      "rest",
      "order.cents",
      "order.id",
      "limit",
      "1",
      "2.5",
      "'a'",
      "true",
      "null",
      "[1]",
      "{'a': rest}",
    ),
    fc
      .tuple(tie("node"), fc.constantFrom("+", "-", "*", "/", "==", "<", "&&", "||", "in"), tie("node"))
      .map(([a, by, b]) => `(${a} ${by} ${b})`),
    fc
      .tuple(tie("node"), fc.constantFrom("map", "all", "exists", "filter"), tie("node"))
      .map(([a, macro, b]) => `(${a}).${macro}(x, ${b})`),
    fc
      .tuple(fc.constantFrom("size", "string", "int", "double", "type", "dyn"), tie("node"))
      .map(([name, a]) => `${name}(${a})`),
    fc.tuple(tie("node"), tie("node"), tie("node")).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(${a})[${b}]`),
  ),
}));

const WORDS =
  "rest order limit . .id .cents .lines .tags [ ] ( ) { } , : ? ! - + * / % < <= == != && || in 1 2u 0.5 'a' b'a' null true x " +
  ".map( .all( .exists( .filter( has( size( .matches( string( int( .split( timestamp( duration( type( dyn( 9223372036854775808";

test("[E2] any schema makes an environment, and a value that breaks it a typed failure at most", () => {
  const words = fc.constantFrom(
    "type",
    "properties",
    "items",
    "maxItems",
    "__proto__",
    "constructor",
    "additionalProperties",
  );
  const texts = fc.constantFrom("object", "array", "string", "integer", "bytes", "type", "", "a b");
  const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.oneof(texts, fc.integer(), fc.boolean(), fc.constant(null)),
      fc.record({
        type: texts,
        properties: fc.dictionary(fc.oneof(words, texts, fc.string()), tie("schema"), { maxKeys: 4 }),
      }),
      fc.record({ type: texts, items: tie("schema"), additionalProperties: tie("schema") }),
      fc.dictionary(words, tie("schema"), { maxKeys: 4 }),
    ),
  }));
  const uses = [
    "it",
    "it.type",
    "it[0]",
    "it.a.b",
    "it.constructor",
    "it.map(x, x)",
    "it == it",
    "size(it)",
    "studio.it",
  ];
  fc.assert(
    fc.property(schema, fc.constantFrom(...uses), fc.jsonValue(), (any, text, value) => {
      const made = environmentOf(JSON.parse(JSON.stringify({ it: any, __proto__: any, "a b": any, type: any })));
      const compiled = compileExpression(text, "json", made);
      if (!compiled.ok) expect(compiled.error.code).toMatch(/^expression_/);
      else expect(typeof evaluateExpression(compiled.value, { it: value as Json }).ok).toBe("boolean");
    }),
  );
  const own = environmentOf({
    it: { type: "object", properties: { type: { type: "object", properties: { a: {} } } } },
  });
  expect(compileExpression("it.type", "json", own)).toMatchObject({ ok: true });
});

test("[E2] any text, of any purpose, over any values, ends in an answer of its type or in a typed failure", () => {
  const soup = fc.array(fc.constantFrom(...WORDS.split(" ")), { maxLength: 16 }).map((words) => words.join(" "));
  const purposes = fc.constantFrom<Purpose>("condition", "amount", "json", "text");
  const types = { condition: "boolean", amount: "bigint", text: "string" } as const;
  const any = fc.tuple(fc.oneof(soup, wellFormed, fc.string()), purposes, fc.jsonValue());
  fuzzing(any, ([text, purpose, value]) => {
    const compiled = compileExpression(text, purpose, environment);
    if (!compiled.ok) {
      expect(compiled.error.code).toMatch(/^expression_/);
      return;
    }
    const given = value as Json;
    const answer = evaluateExpression(compiled.value, { rest: given, order: given, limit: given });
    const steps = answer.ok ? answer.value.steps : answer.error.steps;
    expect(Math.max(steps, compiled.value.cost)).toBeLessThanOrEqual(MAX_STEPS);
    if (answer.ok && purpose !== "json") expect(typeof answer.value.value).toBe(types[purpose]);
  });
});
