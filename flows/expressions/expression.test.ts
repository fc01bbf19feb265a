import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { environmentOf } from "./environment";
import { compileExpression, evaluateExpression, type Purpose } from "./expression";
import type { Schema } from "./schema";

const order: Schema = {
  type: "object",
  properties: {
    id: { type: "string", maxLength: 20 },
    paid: { type: "boolean" },
    cents: { type: "integer" },
    weight: { type: "number" },
    lines: {
      type: "array",
      maxItems: 50,
      items: {
        type: "object",
        properties: { name: { type: "string", maxLength: 40 }, count: { type: "integer" }, price: { type: "number" } },
      },
    },
    tags: { type: "object", additionalProperties: { type: "string" } },
  },
};
const environment = environmentOf({ order, rest: true, limit: { type: "integer" } });

function run(text: string, purpose: Purpose, values: Readonly<Record<string, Json>> = {}) {
  const compiled = compileExpression(text, purpose, environment);
  if (!compiled.ok) return compiled.error.problem;
  const answer = evaluateExpression(compiled.value, values);
  return answer.ok ? answer.value.value : answer.error.code;
}

test("[E2] what does not fit its schema or its place is refused while checking, at its place in the text", () => {
  const refused: [string, Purpose, RegExp][] = [
    ["order.total > 1", "condition", /No such key: total/],
    ["order.cents > 'a'", "condition", /no such overload: int > string/],
    ["order.lines[0].nmae", "text", /No such key: nmae/],
    ["order.lines.all(line, line.count.paid)", "condition", /Cannot index type 'int'/],
    ["order.id", "condition", /A condition answers yes or no; this one gives string/],
    ["order.weight", "amount", /An amount is a whole number; this one gives double/],
    ["order.lines", "text", /this one gives list/],
    ["b'a'", "json", /this one gives bytes/],
    ["order.constructor", "json", /No such key/],
    ["!".repeat(3_999), "json", /./],
    [`${"-".repeat(3_990)}1`, "json", /maxAstNodes/],
    ["[".repeat(2_000), "json", /maxDepth/],
    ["order.__proto__", "json", /No such key/],
    ["nothing", "json", /Unknown variable/],
  ];
  for (const [text, purpose, problem] of refused)
    expect([text, compileExpression(text, purpose, environment)]).toMatchObject([
      text,
      { ok: false, error: { code: "expression_invalid", problem: expect.stringMatching(problem) } },
    ]);
  expect(compileExpression("limit > 1 && order.total > 1", "condition", environment)).toMatchObject({
    error: { place: { from: expect.any(Number), to: expect.any(Number) } },
  });
});

test("[E2] a purpose gets what it needs or a typed failure, also where no schema told the type", () => {
  expect(
    run("order.lines.filter(line, line.count > 1).map(line, {'name': line.name, 'twice': line.count * 2})", "json", {
      order: {
        lines: [
          { name: "a", count: 1 },
          { name: "b", count: 3 },
        ],
      },
    }),
  ).toEqual([{ name: "b", twice: 6 }]);
  expect(run("order.cents * 3 + limit", "amount", { order: { cents: 7 }, limit: 2 })).toBe(23n);
  expect(run("order.cents", "amount", { order: { cents: -1 } })).toBe("answer_invalid");
  expect(run("rest", "amount", { rest: 2.5 })).toBe("answer_invalid");
  expect(run("rest", "condition", { rest: "yes" })).toBe("answer_invalid");
  expect(run("order.paid", "condition", { order: {} })).toBe("key_missing");
  expect(run("has(order.paid) && order.paid", "condition", { order: {} })).toBe(false);
  expect(run("limit > 2", "condition")).toBe("variable_missing");
  expect(run("1 / (limit - 1)", "amount", { limit: 1 })).toBe("division_by_zero");
  expect(run("order.cents * order.cents", "amount", { order: { cents: Number.MAX_SAFE_INTEGER } })).toBe(
    "number_overflow",
  );
});

test("[E7] the schema decides what a number is, and no digit is lost on the way in or out", () => {
  expect(
    run("type(limit) == int && type(order.weight) == double && type(rest) == double", "condition", {
      limit: 3,
      order: { weight: 3 },
      rest: 3,
    }),
  ).toBe(true);
  expect(run("limit + 1", "json", { limit: 1.5 })).toBe("overload_missing");
  expect(run("limit + 1", "json", { limit: Number.MAX_SAFE_INTEGER })).toBe("number_overflow");
  expect(run("limit + 1", "amount", { limit: Number.MAX_SAFE_INTEGER })).toBe(9_007_199_254_740_992n);
  expect(run("order.weight / 0.0", "json", { order: { weight: 1 } })).toBe("argument_invalid");
  expect(run("[dyn(timestamp('2026-11-20T09:30:00+02:00')), duration('90m')]", "json")).toEqual([
    "2026-11-20T07:30:00Z",
    "5400s",
  ]);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const same = JSON.parse(JSON.stringify(value)) as Json;
      expect(run("rest", "json", { rest: same })).toEqual(same);
    }),
  );
});

test("[E5] nothing but our own table of functions can be called, and nothing but own properties read", () => {
  for (const text of [
    "cel.bind(x, 1, x)",
    "optional.of(1)",
    "rest.orValue(1)",
    "rest.toString()",
    "rest.constructor('return 1')()",
    "b'a'.json()",
    "b'a'.hex()",
    "rest.call(1)",
    "eval('1')",
    "rest.valueOf()",
    "cel",
    "optional",
  ])
    expect([text, compileExpression(text, "json", environment).ok]).toEqual([text, false]);
  const hostile = JSON.parse('{"__proto__": {"x": 1}, "a": 2}') as Json;
  expect(run("rest['__proto__'].x", "json", { rest: hostile })).toBe(1);
  expect(run("rest", "json", { rest: hostile })).toEqual(hostile);
  for (const name of ["constructor", "toString", "hasOwnProperty", "length"]) {
    expect(run(`rest['${name}']`, "json", { rest: {} })).toBe("key_missing");
    expect(run(`'${name}' in rest || has(rest.${name})`, "condition", { rest: {} })).toBe(false);
  }
  expect(run("rest.length", "json", { rest: [1] })).toBe("overload_missing");
  expect(run("{'__proto__': {'polluted': true}}", "json")).toEqual(JSON.parse('{"__proto__": {"polluted": true}}'));
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});
