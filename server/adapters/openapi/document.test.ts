import { expect, test } from "vitest";
import { readDocument } from "./document";

test("JSON and YAML are read alike", () => {
  const plain = { openapi: "3.1.0", info: { title: "A" }, on: [1, null, "yes"] };
  expect(readDocument(JSON.stringify(plain))).toEqual({ ok: true, value: plain });
  expect(readDocument('openapi: "3.1.0"\ninfo: {title: A}\non: [1, ~, yes]\n')).toEqual({ ok: true, value: plain });
});

test("what is too large, malformed, or grows when it is read is refused", () => {
  const laughs = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [name, before] of ["ba", "cb", "dc", "ed", "fe", "gf", "hg"].map((pair) => [...pair]))
    laughs.push(`${name}: &${name} [${`*${before}, `.repeat(8)}*${before}]`);
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
  for (const text of [
    "x".repeat(1024 * 1024 + 1),
    "{",
    "a: [",
    laughs.join("\n"),
    deep,
    `a: ${deep}`,
    "!!js/function x",
  ])
    expect([text.slice(0, 20), readDocument(text).ok]).toEqual([text.slice(0, 20), text === "!!js/function x"]);
});

test("many keys are read in steps that grow with the text alone", () => {
  const wide = Array.from({ length: 60_000 }, (_, place) => `k${place}: 1`).join("\n");
  expect(readDocument(wide).ok).toBe(true);
});
