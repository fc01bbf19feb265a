import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { checkSchema } from "./check-schema";
import { validate } from "./validate";

const text = { type: "string" };
const parsed = (json: string) => JSON.parse(json);

test("[T3] schemas of the studio's own kind pass, whatever is noted in them", () => {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    title: "T",
    properties: { constructor: text, a: { $ref: "#/$defs/a~1b" }, b: { ...text, format: "email" } },
    $defs: { "a/b": { anyOf: [text, { type: "array", items: { $ref: "#/$defs/c" } }] }, c: { enum: [] } },
    required: ["a"],
    "x-order": 1,
    somethingNew: { $ref: "http://example.com" },
  };
  expect(checkSchema(schema)).toEqual([]);
  expect(validate(schema, { a: "", b: "no address" })).toMatchObject({ ok: true });
  expect(validate(schema, { a: [1] })).toMatchObject({ ok: false, error: { at: "/a/0" } });
});

test.each<[string, unknown, object]>([
  ["an expression", { pattern: "(a+)+$" }, { code: "keyword_refused", at: "", keyword: "pattern" }],
  ["expressions for names", { items: { patternProperties: {} } }, { code: "keyword_refused", at: "/items" }],
  ["pairs compared", { uniqueItems: true }, { code: "keyword_refused" }],
  ["another base", { $id: "http://example.com" }, { code: "keyword_refused" }],
  ["what nothing else judged", { unevaluatedProperties: false }, { code: "keyword_refused" }],
  ["an address", { $ref: "http://example.com/x" }, { code: "ref_lost", ref: "http://example.com/x" }],
  ["no definition", { properties: { a: { $ref: "#/$defs/x" } } }, { code: "ref_lost", at: "/properties/a" }],
  ["an inherited definition", { $ref: "#/$defs/constructor", $defs: {} }, { code: "ref_lost" }],
  ["itself", { $ref: "#" }, { code: "ref_lost" }],
  ["itself by name", { $defs: { a: { items: { $ref: "#/$defs/a" } } } }, { code: "ref_recursive" }],
  ["a prototype", parsed('{"properties":{"__proto__":{}}}'), { code: "name_refused" }],
  ["a prototype's presence", { required: ["__proto__"] }, { code: "keyword_malformed", keyword: "required" }],
  ["an unknown type", { type: "text" }, { code: "keyword_malformed", keyword: "type" }],
  ["a bound in words", { minimum: "1" }, { code: "keyword_malformed" }],
  ["a step of nothing", { multipleOf: 0 }, { code: "keyword_malformed" }],
  ["a list as schema", { items: [text] }, { code: "keyword_malformed" }],
  ["an unknown label", { "x-studio-type": "health" }, { code: "label_unknown" }],
  ["no number", { minimum: Number.NaN }, { code: "schema_not_json" }],
  ["half a character", { properties: { "\ud800": text } }, { code: "schema_not_json" }],
  ["a text", "string", { code: "keyword_malformed" }],
])("[T3] refused: %s", (_, schema, fault) => {
  expect(checkSchema(schema)).toEqual([expect.objectContaining(fault)]);
  expect(validate(schema as object as never, "a")).toMatchObject({ ok: false });
});

test("[T3] every fault is told, each with its place", () => {
  const codes = checkSchema({ pattern: "a", items: { $ref: "#x" }, type: 1 }).map(({ code }) => code);
  expect(codes).toEqual(["keyword_refused", "ref_lost", "keyword_malformed"]);
});

test("[T3] size, depth, cycles and choices of choices end at once", () => {
  const deep = parsed(`${'{"items":'.repeat(100_000)}true${"}".repeat(100_000)}`);
  const cycle: { items?: object } = {};
  cycle.items = cycle;
  const defs = (count: number, make: (next: string) => object) =>
    Object.fromEntries(Array.from({ length: count }, (_, place) => [`d${place}`, make(`#/$defs/d${place + 1}`)]));
  const doubled = {
    $ref: "#/$defs/d0",
    $defs: { ...defs(30, (next) => ({ anyOf: [{ $ref: next }, { $ref: next }] })), d30: text },
  };
  const chain = { $ref: "#/$defs/d0", $defs: { ...defs(2_000, ($ref) => ({ $ref })), d2000: text } };
  const backwards = { $defs: Object.fromEntries(Object.entries(chain.$defs).reverse()), $ref: "#/$defs/d0" };
  expect(checkSchema(deep)).toEqual([{ code: "schema_too_large" }]);
  expect(checkSchema(cycle)).toEqual([{ code: "schema_too_large" }]);
  expect(checkSchema({ enum: ["a".repeat(300_000)] })).toEqual([{ code: "schema_too_large" }]);
  expect(checkSchema(doubled)).toEqual([{ code: "schema_too_wide", most: 10_000 }]);
  expect(checkSchema(chain)[0]).toEqual({ code: "schema_too_large" });
  expect(checkSchema(backwards)).toEqual([{ code: "schema_too_wide", most: 10_000 }]);
});

test("[T3] a hostile value is refused, and costs no more than a large one", () => {
  const open = { type: "object", additionalProperties: text };
  const many = Object.fromEntries(Array.from({ length: 300_000 }, (_, place) => [place, place]));
  expect(validate({ properties: { a: open } }, { a: many })).toMatchObject({ ok: false });
  expect(validate(open, parsed('{"__proto__":1}'))).toMatchObject({ ok: false, error: { at: "/__proto__" } });
  expect(validate(open, { "\ud800": "a" })).toEqual({ ok: false, error: { at: "", problem: "is not JSON" } });
  expect(validate({}, Number.NaN)).toMatchObject({ ok: false });
  expect(validate({}, undefined as unknown as Json)).toMatchObject({ ok: false });
  const wide = { items: { anyOf: Array.from({ length: 900 }, (_, least) => ({ minimum: least })) } };
  expect(
    validate(
      wide,
      Array.from({ length: 20_000 }, () => 0),
    ),
  ).toMatchObject({
    error: { problem: "is too large to be checked" },
  });
  expect(validate(wide, [0, 1])).toMatchObject({ ok: true });
});
