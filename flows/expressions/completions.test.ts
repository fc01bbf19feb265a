import fc from "fast-check";
import { expect, test } from "vitest";
import { completionsAt } from "./completions";
import { environmentOf } from "./environment";
import { compileExpression } from "./expression";

const environment = environmentOf({
  order: {
    type: "object",
    title: "Order",
    properties: {
      id: { type: "string", title: "Number", description: "As on the bill" },
      lines: { type: "array", items: { type: "object", properties: { count: { type: "integer" }, "a b": {} } } },
    },
  },
  value: true,
});
const labels = (text: string) => completionsAt(text, text.length, environment).items.map(({ label }) => label);

test("[E9] after a point stand the fields and methods of what is before it, with their types and words", () => {
  expect(completionsAt("order.", 6, environment).items).toEqual([
    { kind: "field", label: "id", insert: "id", type: "string", doc: "Number. As on the bill" },
    { kind: "field", label: "lines", insert: "lines", type: "list<studio.order.lines.item>", doc: "" },
  ]);
  expect(labels("order.id.star")).toEqual(["startsWith"]);
  expect(labels("order.lines.ex")).toEqual(["exists", "exists_one"]);
  expect(labels("order.lines[0].")).toEqual(["count"]);
  expect(labels("1 + order.lines.filter(line, line.")).toEqual(["count"]);
  expect(labels("order.lines.all(line, line.count > 1 && order.lines.exists(other, other.")).toEqual(["count"]);
  expect(labels("order.id.split(',').map(word, word.upp")).toEqual(["upperAscii"]);
  expect(labels("timestamp('2026-11-20T09:30:00Z').getFull")).toEqual(["getFullYear"]);
});

test("[E9] elsewhere stand the variables, the innermost first, the functions and nothing within quotes", () => {
  expect(labels("").slice(0, 2)).toEqual(["order", "value"]);
  expect(labels("order.lines.map(line, ").slice(0, 3)).toEqual(["line", "order", "value"]);
  expect(labels("order.lines.map(line, line.count) + ").slice(0, 2)).toEqual(["order", "value"]);
  expect(labels("val")).toEqual(["value"]);
  expect(labels("siz")).toEqual(["size"]);
  expect(labels("'or")).toEqual([]);
  expect(completionsAt("1 + ord + 2", 7, environment)).toMatchObject({ from: 4, items: [{ label: "order" }] });
});

test("[E9] every field that is offered can be written there, and no text breaks the offering", () => {
  for (const text of ["order.", "order.lines[0]."])
    for (const { insert } of completionsAt(text, text.length, environment).items)
      expect(compileExpression(text + insert, "json", environment)).toMatchObject({ ok: true });
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
      const { from, items } = completionsAt(words.join(""), offset, environment);
      expect(from).toBeLessThanOrEqual(offset);
      expect(Array.isArray(items)).toBe(true);
    }),
  );
});
