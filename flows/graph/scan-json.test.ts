import fc from "fast-check";
import { expect, test } from "vitest";
import { scanJson } from "./scan-json";

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
const codes = (text: string) => scanJson(text).map(({ code }) => code);
const places = (text: string) => scanJson(text).map(({ code, at }) => `${code} ${at}`);

test("[G6] the scan reads as JSON exactly what JSON.parse reads", () => {
  const tokens = fc.constantFrom(
    ...'{ } [ ] , : " \\ 0 1 -1 1.5 1e3 01 1. .5 true nul null \n \t \u00a0 \\u0041 \\x a "a" "\\n" "\u0001"'.split(
      " ",
    ),
  );
  const soup = fc.array(tokens, { maxLength: 9 }).map((parts) => parts.join(""));
  const cut = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "x", " "))
    .map(([text, at, mark]) => text.slice(0, at % (text.length + 1)) + mark + text.slice((at % (text.length + 1)) + 1));
  fc.assert(
    fc.property(fc.oneof(soup, cut, fc.json(), fc.string()), (text) => {
      expect([text, !codes(text).includes("not_json")]).toEqual([text, isJson(text)]);
    }),
  );
});

test("[G6] a text that is no JSON is told by line and column", () => {
  const place = (text: string) => scanJson(text)[0]?.message.match(/line \d+, column \d+/)?.[0];
  expect(place("")).toBe("line 1, column 1");
  expect(place("\n")).toBe("line 2, column 1");
  expect(place('{\n  "a": tru\n}')).toBe("line 2, column 8");
  expect(place("[1] 2")).toBe("line 1, column 5");
  expect(place('["a\nb"]')).toBe("line 1, column 4");
});

test("[G6] what JSON.parse would hide is a fault with its place", () => {
  expect(places('{"a": 1, "b": {"x": 1, "x": 2}}')).toEqual(["key_repeated /b/x"]);
  expect(places('{"a": 1, "\\u0061": 2}')).toEqual(["key_repeated /a"]);
  expect(places('[0, {"__proto__": {}}]')).toEqual(["key_forbidden /1/__proto__"]);
  expect(places('{"constructor": {"prototype": 1}}')).toEqual([
    "key_forbidden /constructor",
    "key_forbidden /constructor/prototype",
  ]);
  expect(places('{"a/b": [1e999, 9007199254740993, -12345678901234567890]}')).toEqual([
    "number_out_of_range /a~1b/0",
    "number_out_of_range /a~1b/1",
    "number_out_of_range /a~1b/2",
  ]);
  expect(codes("[9007199254740991, -9007199254740992, 1e300, 100000000000000000000, 0.1, -0.5, 0]")).toEqual([]);
  // A zero below zero would be written as 0: what divides by it would come to something else after a save.
  expect(places("[-0, -0.0, -1e-400]")).toEqual(["/0", "/1", "/2"].map((at) => `number_out_of_range ${at}`));
  expect(places('{"a": "\\u0000", "b": "\\ud83d", "c": "\\ud83d\\ude00"}')).toEqual([
    "text_unstorable /a",
    "text_unstorable /b",
  ]);
  expect(codes("[NaN]")).toEqual(["not_json"]);
});

test("[G6] a repeated key is found among few keys and among many, near and far from the first", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 40, size: "max" }), fc.nat(), (keys, which) => {
      const usable = keys.filter((key) => !["__proto__", "constructor", "prototype"].includes(key));
      fc.pre(usable.length > 0);
      const written = (names: readonly string[]) => `{${names.map((key) => `${JSON.stringify(key)}:0`).join()}}`;
      expect(codes(written(usable))).toEqual([]);
      const again = usable[which % usable.length] ?? "";
      expect(codes(written([...usable, again]))).toEqual(["key_repeated"]);
    }),
  );
});

test("[G6] depth and size end the scan where they pass the limit", () => {
  expect(codes("[".repeat(64) + "]".repeat(64))).toEqual([]);
  expect(codes("[".repeat(65) + "]".repeat(65))).toEqual(["too_deep"]);
  expect(codes("[".repeat(100_000))).toEqual(["too_deep"]);
  expect(codes('{"a":'.repeat(100_000))).toEqual(["too_deep"]);
  expect(codes(`[${"0,".repeat(500_000)}0]`)).toEqual(["too_large"]);
  const names = (count: number) => `{${Array.from({ length: count }, (_, index) => `"k${index}":0`).join()}}`;
  expect(codes(names(10_000))).toEqual([]);
  expect(codes(names(10_001))).toEqual(["too_large"]);
  expect(codes(`[${"1e999,".repeat(1_000)}0]`)).toHaveLength(20);
});
