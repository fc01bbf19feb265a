import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { checkCondition, decideCondition } from "./condition";

test("[E1] a condition is decided over the value it is given", () => {
  expect(decideCondition("value > 2", 3)).toEqual({ ok: true, value: true });
  expect(decideCondition("value.rows > 2 && value.name == 'a'", { rows: 3, name: "b" })).toEqual({
    ok: true,
    value: false,
  });
  expect(decideCondition("size(value) > 1", ["a", "b"])).toEqual({ ok: true, value: true });
  expect(decideCondition("value.exists(each, each.score > 0.5)", [{ score: 0.7 }])).toEqual({ ok: true, value: true });
});

test("[E1] what cannot be decided is refused before it runs, with a sentence", () => {
  const refused: [string, RegExp][] = [
    ["", /Write a condition/],
    ["value >", /Unexpected/],
    ["valu > 1", /Unknown variable: valu/],
    ["1 + 1", /yes or no/],
    ["value.matches('(a')", /missing closing/],
    ["value.all(a, a.all(b, b.all(c, c > 1)))", /inside one another only once/],
    [`value == ${"(".repeat(300)}1${")".repeat(300)}`, /./],
    ["x".repeat(1_001), /at most 1000 characters/],
  ];
  for (const [text, problem] of refused)
    expect(checkCondition(text)).toMatchObject({
      error: { code: "condition_invalid", problem: expect.stringMatching(problem) },
    });
});

test("[E1] a value of another shape is a typed failure, and no prototype can be reached", () => {
  for (const text of [
    "value.rows > 1",
    "value.constructor.name == 'Object'",
    "value.__proto__ == 1",
    "value.toString()",
  ])
    expect(decideCondition(text, { other: 1 })).toMatchObject({ ok: false, error: { code: "condition_failed" } });
});

test("[E1] any text and any value end in an answer or a typed failure", () => {
  const texts = fc.oneof(
    fc.string(),
    fc
      .array(fc.constantFrom("value", ".", "(", ")", "'a'", "1", "&&", "==", "[", "]", "all", "x", ",", "!"), {
        maxLength: 12,
      })
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(texts, fc.jsonValue(), (text, value) => {
      const answer = decideCondition(text, value as Json);
      if (answer.ok) expect(typeof answer.value).toBe("boolean");
      else expect(answer.error.code).toBe("condition_failed");
    }),
  );
});
