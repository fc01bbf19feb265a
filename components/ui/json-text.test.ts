import { expect, test } from "vitest";
import { jsonText, shortened } from "@/components/ui/json-text";

test("what is cut says how much is missing", () => {
  expect(shortened({ text: "x".repeat(300), list: Array.from({ length: 30 }, (_, at) => at) })).toEqual({
    text: `${"x".repeat(240)}… 60 more characters`,
    list: [...Array.from({ length: 20 }, (_, at) => at), "… 10 more"],
  });
});

test("short values stay as they are, and big integers can be shown", () => {
  const value = { amount: 12n, nested: [{ ok: true }], none: null };
  expect(shortened(value)).toEqual(value);
  expect(jsonText(value)).toContain('"amount": "12"');
});
