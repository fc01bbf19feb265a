import { expect, test } from "vitest";
import { type Assignability, assignable, exampleOf } from "./assignable";
import type { JsonSchema } from "./json-schema";

const answer = (from: JsonSchema, to: JsonSchema): Assignability["answer"] => assignable(from, to).answer;
const whole = (minimum: number, maximum: number) => ({ type: "integer", minimum, maximum });
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const text = { type: "string" };

test.each<[string, JsonSchema, JsonSchema]>([
  ["everything is an answer to a question about nothing", text, {}],
  ["nothing fits nothing", false, false],
  ["whole numbers are numbers", { type: "integer" }, { type: "number" }],
  ["a narrower range", whole(2, 3), { type: "number", exclusiveMinimum: 1, maximum: 3 }],
  ["a range in two pieces", whole(1, 9), { anyOf: [whole(0, 4), whole(5, 20)] }],
  ["dense pieces that touch", { type: "number", minimum: 0, maximum: 2 }, { anyOf: [{ maximum: 1 }, { minimum: 1 }] }],
  ["a few whole numbers are a list of values", whole(1, 3), { enum: [3, 2, 1, "x"] }],
  ["multiples of 0.6 are multiples of 0.2", { type: "number", multipleOf: 0.6 }, { multipleOf: 0.2 }],
  ["both truths", { type: "boolean" }, { enum: [true, false] }],
  ["the empty text", { type: "string", maxLength: 0 }, { const: "" }],
  [
    "text in two lengths",
    { type: "string", maxLength: 5 },
    { anyOf: [{ const: "" }, { type: "string", minLength: 1 }] },
  ],
  [
    "more is promised than asked",
    object({ a: text, b: text }, { required: ["a", "b"] }),
    object({ a: text }, { required: ["a"] }),
  ],
  [
    "a list of narrower things",
    { type: "array", items: whole(1, 2), maxItems: 3 },
    { type: "array", items: whole(0, 9) },
  ],
  [
    "a pair is a short list",
    { type: "array", prefixItems: [text, text], items: false },
    { type: "array", items: text, maxItems: 2 },
  ],
  ["an alternative of alternatives", { anyOf: [text, whole(1, 2)] }, { type: ["string", "number", "null"] }],
  [
    "one case of a choice for each value",
    object({ kind: { enum: ["a", "b"] } }, { required: ["kind"] }),
    { anyOf: [object({ kind: { const: "a" } }), object({ kind: { const: "b" } })] },
  ],
  ["a definition is what it defines", { $ref: "#/$defs/t", $defs: { t: text } }, text],
  ["an object that nobody can make", object({ a: false }, { required: ["a"] }), { type: "number" }],
  ["notes change nothing", { ...text, title: "T", format: "email", "x-colour": 1 }, { ...text, description: "d" }],
])("[T4] yes: %s", (_, from, to) => {
  expect(assignable(from, to)).toEqual({ answer: "yes" });
});

test.each<[string, JsonSchema, JsonSchema, unknown]>([
  ["another type", text, { type: "number" }, ""],
  ["a hole between two pieces", whole(1, 9), { anyOf: [whole(0, 4), whole(6, 20)] }, 5],
  ["an open end", { type: "number", maximum: 3 }, { exclusiveMaximum: 3 }, 3],
  ["half numbers", { type: "number" }, { type: "integer" }, 0.5],
  ["another multiple", { type: "integer", multipleOf: 4 }, { multipleOf: 6 }, 4],
  ["text that is too long", text, { maxLength: 3 }, "aaaa"],
  ["a property that may be missing", object({ a: text }), object({}, { required: ["a"] }), {}],
  [
    "a property that nobody asked for",
    object({ a: text }),
    object({ a: text }, { additionalProperties: false }),
    { other: null },
  ],
  [
    "a wrong item behind the prefix",
    { type: "array", items: text },
    { prefixItems: [text], items: { type: "number" } },
    ["", ""],
  ],
  ["an alternative too many", { anyOf: [text, { type: "null" }] }, text, null],
  ["anything", {}, object({}), null],
])("[T4] no: %s", (_, ...[from, to, counterExample]) => {
  expect(assignable(from, to)).toEqual({ answer: "no", counterExample });
});

test("[T4] what only the validator understands is unknown, and so is what cannot be used", () => {
  expect(assignable(text, { allOf: [text] })).toEqual({
    answer: "unknown",
    why: '"allOf" is judged during the run',
  });
  expect(answer({ $ref: "#" }, text)).toBe("unknown");
  expect(answer(text, { type: "string", pattern: "(a+)+$" })).toBe("unknown");
  expect(answer({ not: text }, { not: text })).toBe("unknown");
  expect(answer(object({ a: { not: text } }), object({ a: {} }))).toBe("yes");
  expect(answer(object({ a: { not: text }, b: text }), object({ b: { type: "number" } }))).toBe("no");
});

test("[T4] a choice of choices of choices ends within its limits", () => {
  const doubled = Object.fromEntries(
    Array.from({ length: 12 }, (_, place) => [
      `d${place}`,
      { anyOf: [{ $ref: `#/$defs/d${place + 1}` }, object({ a: { $ref: `#/$defs/d${place + 1}` } })] },
    ]),
  );
  const schema = { $ref: "#/$defs/d0", $defs: { ...doubled, d12: text } };
  expect(answer(schema, structuredClone(schema))).toBe("unknown");
});

test("an example fits, and is small", () => {
  expect(exampleOf(object({ a: { type: "string", minLength: 2 }, b: text }, { required: ["a"] }))).toEqual({ a: "aa" });
  expect(exampleOf({ type: "integer", exclusiveMinimum: 3, multipleOf: 5 })).toBe(5);
  expect(exampleOf(false)).toBeUndefined();
});
