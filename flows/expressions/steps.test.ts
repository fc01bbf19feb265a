import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { environmentOf } from "./environment";
import { compileExpression, evaluateExpression, type Purpose } from "./expression";
import { MAX_STEPS } from "./meter";

const environment = environmentOf({
  order: { type: "object", properties: { id: { type: "string", maxLength: 20 }, cents: { type: "integer" } } },
  rest: true,
  limit: { type: "integer" },
});

function run(text: string, purpose: Purpose, values: Readonly<Record<string, Json>> = {}) {
  const compiled = compileExpression(text, purpose, environment);
  if (!compiled.ok) return compiled.error.problem;
  const answer = evaluateExpression(compiled.value, values);
  return answer.ok ? answer.value.value : answer.error.code;
}

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
    [
      "rest.list.all(a, rest.keys.exists(key, true))",
      { list: many, keys: Object.fromEntries(many.map((key) => [key, 0])) },
    ],
    ["rest.all(a, bytes(a) != b'a')", Array.from({ length: 20 }, () => long)],
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
