import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { environmentOf } from "./environment";
import { compileExpression, evaluateExpression, type Purpose } from "./expression";
import { MAX_STEPS } from "./meter";
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

test("[E3] a third comprehension inside two others is refused, and so is what the schema lets grow too large", () => {
  const code = (text: string) => {
    const compiled = compileExpression(text, "json", environment);
    return compiled.ok ? compiled.value.cost <= MAX_STEPS : compiled.error.code;
  };
  expect(code("rest.map(a, rest.map(b, rest.map(c, a + b + c)))")).toBe("expression_too_deep");
  expect(code("rest.map(a, a).map(a, a).map(a, a)")).toBe(true);
  expect(code("rest.exists(a, rest.exists(b, a == b))")).toBe(true);
  const large = environmentOf({ rows: { type: "array", maxItems: 10_000, items: { type: "integer" } } });
  expect(compileExpression("rows.all(a, rows.all(b, a <= b))", "condition", large)).toMatchObject({
    error: { code: "expression_too_costly" },
  });
  expect(compileExpression("rows.all(a, a < 3)", "condition", large)).toMatchObject({ ok: true });
});

test("[E3] whatever the values are, an accepted expression ends within the limit of steps", () => {
  const many = Array.from({ length: 20_000 }, (_, place) => place);
  const long = "a".repeat(1_000_000);
  const runaways: [string, Json][] = [
    ["rest.map(a, rest.map(b, a + b))", many],
    ["rest.all(a, rest.exists(b, b == a))", many],
    ["rest.map(a, rest)", many],
    ["rest == rest.map(a, a) && rest.all(a, a in rest)", many],
    [`${"rest + ".repeat(60)}rest`, long],
    ["rest.replace('', rest)", long],
    ["rest.split('').map(a, rest)", long],
    ["rest.contains(rest.substring(1) + 'b')", long],
    ["rest.matches('(a+)+$')", `${long}b`],
    ["rest.matches('(a|a?)+b$')", long],
  ];
  for (const [text, value] of runaways) {
    const compiled = compileExpression(text, "json", environment);
    if (!compiled.ok) throw new Error(`${text}: ${compiled.error.problem}`);
    const answer = evaluateExpression(compiled.value, { rest: value });
    expect([text, answer.ok ? answer.value.steps : answer.error]).toEqual([
      text,
      { code: "steps_exceeded", problem: expect.any(String), steps: MAX_STEPS },
    ]);
  }
});

test("[E3] the cost by the bounds of the schema is never below what values within these bounds take", () => {
  const small = environmentOf({
    rows: {
      type: "array",
      maxItems: 6,
      items: { type: "object", properties: { name: { type: "string", maxLength: 30 }, count: { type: "integer" } } },
    },
    word: { type: "string", maxLength: 30 },
  });
  const texts = [
    "rows.exists(row, row.name == word)",
    "rows.map(row, rows.filter(each, each.count > row.count))",
    "rows.all(a, rows.all(b, a.name < b.name || a.name.contains(b.name)))",
    "rows.map(row, row.name + word + string(row.count)).join(', ').matches('(a+)+$')",
    "word.split('').map(a, word.replace(a, word))",
    "word in rows.map(row, row.name) ? word.size() : word.indexOf('b')",
    "[word, word + word].map(a, a.lowerAscii().trim())",
    "rows.map(row, [row.name, word]) == rows.map(row, [word, row.name])",
  ];
  const name = fc.string({ maxLength: 30 });
  const rows = fc.array(fc.record({ name, count: fc.integer() }), { maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom(...texts), rows, name, (text, values, word) => {
      const compiled = compileExpression(text, "json", small);
      if (!compiled.ok) throw new Error(`${text}: ${compiled.error.problem}`);
      const answer = evaluateExpression(compiled.value, { rows: values, word });
      const steps = answer.ok ? answer.value.steps : answer.error.steps;
      expect(`${text} ${steps <= compiled.value.cost}`).toBe(`${text} true`);
    }),
  );
});

test("[E4] patterns are RE2's: what it cannot run in linear time, or unfolds too far, is refused", () => {
  expect(run("order.id.matches('^[a-z]+-[0-9]{4}$')", "condition", { order: { id: "ab-1234" } })).toBe(true);
  expect(run("matches(order.id, 'b')", "condition", { order: { id: "abc" } })).toBe(true);
  for (const pattern of ["(a)\\\\1", "(?=a)", "(?<!a)b", "(", "((a{100}){100}){100}", "(a{30}){30}", "a".repeat(300)])
    expect(compileExpression(`order.id.matches('${pattern}')`, "condition", environment)).toMatchObject({
      error: { code: "expression_invalid" },
    });
  expect(run("order.id.matches(rest)", "condition", { order: { id: "a" }, rest: "(a)\\1" })).toBe("argument_invalid");
});

test("[E4] (a+)+$ over a megabyte is refused before it is read, and over what it may read it is decided", () => {
  const bound = (maxLength: number) => environmentOf({ text: { type: "string", maxLength } });
  const refused = compileExpression("text.matches('(a+)+$')", "condition", bound(1_000_000));
  expect(refused).toMatchObject({ error: { code: "expression_too_costly" } });
  const accepted = compileExpression("text.matches('(a+)+$')", "condition", bound(50_000));
  if (!accepted.ok) throw new Error(accepted.error.problem);
  expect(evaluateExpression(accepted.value, { text: `${"a".repeat(49_999)}b` })).toMatchObject({
    value: { value: false },
  });
  expect(evaluateExpression(accepted.value, { text: `${"a".repeat(1_000_000)}b` })).toMatchObject({
    error: { code: "steps_exceeded", steps: MAX_STEPS },
  });
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

test("[E2] any text, of any purpose, over any values, ends in an answer of its type or in a typed failure", () => {
  const soup = fc.array(fc.constantFrom(...WORDS.split(" ")), { maxLength: 16 }).map((words) => words.join(" "));
  const purposes = fc.constantFrom<Purpose>("condition", "amount", "json", "text");
  const types = { condition: "boolean", amount: "bigint", text: "string" } as const;
  fc.assert(
    fc.property(fc.oneof(soup, wellFormed, fc.string()), purposes, fc.jsonValue(), (text, purpose, value) => {
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
    }),
  );
});
