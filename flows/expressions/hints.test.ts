import fc from "fast-check";
import { expect, test } from "vitest";
import { environmentOf } from "./environment";
import { compileExpression } from "./expression";
import { callAt, nameAt } from "./hints";
import { typeWords } from "./type-words";

const environment = environmentOf({
  order: {
    type: "object",
    title: "Order",
    properties: {
      id: { type: "string", title: "Number" },
      lines: { type: "array", items: { type: "object", properties: { count: { type: "integer" } } } },
    },
  },
  value: true,
});
const at = (marked: string) => nameAt(marked.replace("|", ""), marked.indexOf("|"), environment);
const called = (marked: string) => callAt(marked.replace("|", ""), marked.indexOf("|"), environment);

test("[E11] a name says its type and its words, wherever it stands in the text", () => {
  expect(at("1 == 1 && ord|er.id")).toEqual({ label: "order", type: "studio.order", doc: "Order", from: 10, to: 15 });
  expect(at("order.i|d == 'a'")).toEqual({ label: "id", type: "string", doc: "Number", from: 6, to: 8 });
  expect(at("order.lines.all(line, lin|e.count > 1)")).toMatchObject({ type: "studio.order.lines.item" });
  expect(at("order.lines.all(line, line.cou|nt > 1)")).toMatchObject({ type: "int" });
  expect(at("|value")).toMatchObject({ label: "value", type: "dyn" });
  expect(at("si|ze(value) > 1")).toMatchObject({ label: "size", doc: expect.stringMatching(/./) });
  expect(at("'ord|er'")).toBeNull();
  expect(at("nobody|.knows")).toBeNull();
  expect(at("1 |+ 2")).toBeNull();
});

test("[E11] within the brackets of a call stands what it takes, and which of it is written now", () => {
  expect(called("order.id.startsWith(|")).toMatchObject({
    name: "startsWith",
    argument: 0,
    ways: [{ type: "startsWith(string): bool" }],
  });
  expect(called("order.lines.exists(line, size(order.id) > 1 && |")).toMatchObject({ name: "exists", argument: 1 });
  expect(called("size(|")?.ways.length).toBeGreaterThan(1);
  expect(called("has(order.|")).toMatchObject({ name: "has" });
  expect(called("size(', (|")).toMatchObject({ name: "size", argument: 0 });
  for (const marked of ["(|", "order|", "[size(1), |", "nobody(|", "size(value)|"]) expect(called(marked)).toBeNull();
});

test("[E11] what a name is said to be is what the checker takes it for, and no text breaks the hints", () => {
  for (const text of ["order", "order.id", "order.lines", "value", "order.lines[0].count"]) {
    const made = compileExpression(text, "json", environment);
    expect(nameAt(text, text.length, environment)?.type).toBe(made.ok ? made.value.type : null);
  }
  const parts = fc.constantFrom(
    "order",
    ".",
    "(",
    ")",
    "lines",
    "[",
    "]",
    "0",
    "'",
    "map",
    ",",
    " ",
    "x",
    '"',
    "{",
    "\\",
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), fc.nat(60), (words, offset) => {
      const text = words.join("");
      const name = nameAt(text, Math.min(offset, text.length), environment);
      if (name) expect(text.slice(name.from, name.to)).toBe(name.label);
      callAt(text, offset, environment);
    }),
  );
});

test("types have words for people", () => {
  expect(
    ["bool", "dyn", "list<string>", "list<dyn>", "map<string, list<int>>", "studio.order.lines.item"].map(typeWords),
  ).toEqual(["bool", "anything", "list of string", "list", "map of list of int", "object"]);
});
