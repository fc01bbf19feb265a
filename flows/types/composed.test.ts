import fc from "fast-check";
import { expect, test } from "vitest";
import { composed, partWith } from "./composed";
import { isRecord, type JsonSchema } from "./json-schema";
import { dice, randomSchema } from "./random-schemas.contract";
import { randomValue } from "./random-values.contract";
import { readSchema } from "./read-schema";
import { validate } from "./validate";

const refers = (definition: JsonSchema): JsonSchema => ({ $ref: "#/$defs/it", $defs: { it: definition } });
const either = (parts: readonly JsonSchema[]) => composed(parts, (anyOf) => ({ anyOf }));

test("parts keep definitions of the same name apart, and literals that look like references as they are", () => {
  const literal = { const: { $ref: "#/$defs/it" }, $defs: { it: { type: "string" } } };
  expect(either([refers({ type: "string" }), refers({ items: { $ref: "#/$defs/it" } }), literal])).toEqual({
    anyOf: [{ $ref: "#/$defs/0.it" }, { $ref: "#/$defs/1.it" }, { const: { $ref: "#/$defs/it" } }],
    $defs: { "0.it": { type: "string" }, "1.it": { items: { $ref: "#/$defs/1.it" } }, "2.it": { type: "string" } },
  });
});

test("parts that bring the same definitions share them, and a part with none stays the same object", () => {
  const $defs = { it: { type: "string" } };
  const plain = { type: "number" };
  const made = either([{ $ref: "#/$defs/it", $defs }, { items: { $ref: "#/$defs/it" }, $defs }, plain]);
  expect(made).toEqual({ anyOf: [{ $ref: "#/$defs/it" }, { items: { $ref: "#/$defs/it" } }, plain], $defs });
  expect(made.$defs).toBe($defs);
  expect((either([plain]).anyOf as unknown[])[0]).toBe(plain);
});

test("a part of a schema takes along what it may refer to", () => {
  const root = { properties: { a: { $ref: "#/$defs/it" } }, $defs: { it: { type: "string" } } };
  expect(partWith(root, root.properties.a)).toEqual({ $ref: "#/$defs/it", $defs: root.$defs });
  expect(partWith(root, true)).toBe(true);
  expect(partWith({}, root.properties.a)).toBe(root.properties.a);
});

test("what is made of schemas admits exactly what one of them admits", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const chance = dice(seed);
      const parts = Array.from({ length: 1 + chance.below(3) }, () => randomSchema(chance));
      const whole = either(parts);
      if (!parts.every((part) => readSchema(part).ok) || !readSchema(whole).ok) return;
      const from = parts[chance.below(parts.length)] ?? true;
      const value = randomValue(from, { chance, root: from });
      expect(validate(whole, value).ok).toBe(parts.some((part) => validate(part, value).ok));
      expect(parts.some((part) => isRecord(part) && "$defs" in part)).toBe("$defs" in whole);
    }),
  );
});
