import { expect, test } from "vitest";
import { linesOf } from "./schema-words";

test("a schema is read line by line, with what is in its lists below them", () => {
  const schema = {
    type: "object",
    required: ["rows"],
    properties: {
      rows: {
        type: "array",
        maxItems: 9,
        items: { type: "object", properties: { cell: { type: "string", title: "Cell" } } },
      },
      tone: { enum: ["plain", "warm"], description: "How it sounds." },
      file: { type: "string", contentEncoding: "base64" },
    },
  };
  expect(linesOf(schema)).toEqual([
    { name: "rows", title: null, type: "list of object", required: true, about: "at most 9 items", depth: 0 },
    { name: "cell", title: "Cell", type: "text", required: false, about: "", depth: 1 },
    {
      name: "tone",
      title: null,
      type: "one of a few",
      required: false,
      about: "How it sounds. · plain, warm",
      depth: 0,
    },
    { name: "file", title: null, type: "file", required: false, about: "", depth: 0 },
  ]);
});

test("a schema that nests for ever, or says nothing, still ends", () => {
  const endless: Record<string, unknown> = { type: "object" };
  endless.properties = { again: endless };
  expect(linesOf(endless).length).toBeLessThan(10);
  for (const odd of [{}, { properties: [] }, { properties: { a: null } }])
    expect(Array.isArray(linesOf(odd))).toBe(true);
});
