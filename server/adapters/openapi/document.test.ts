import { expect, test } from "vitest";
import { Composer } from "yaml";
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

test("whatever nests without end is refused before it is composed, and so is what is faults and nothing else", () => {
  const nests = [
    "- ",
    "[",
    "{",
    "? ",
    "a: ",
    "[a: ",
    "- [",
    "-\t",
    "!t - ",
    "&a - ",
    "{? ",
    "- a: ",
    "? - ",
    '"a": ',
    "a: &a ",
    "[{a: ",
  ];
  const faults = ["]\n", "]", "%\n", "---\n", "}", "@\n", "a\n: ", "---\n- [\n", "\t- a\n"];
  const stairs = Array.from({ length: 1_300 }, (_, level) => `${" ".repeat(level)}-\n`).join("");
  const wide = Array.from({ length: 120 }, (_, level) => `${" ".repeat(60 * level)}${"- ".repeat(30)}\n`).join("");
  expect(readDocument(stairs)).toMatchObject({ error: { problem: "It nests too deep." } });
  expect(readDocument(wide)).toMatchObject({ error: { problem: "It nests too deep." } });
  for (const length of [12_500, 50_000])
    for (const part of [...nests, ...faults])
      expect([part, readDocument(part.repeat(length)).ok]).toEqual([part, false]);
});

test("what is wide, long or many lines high is read all the same", () => {
  const long = `a: "${"x: - [ ".repeat(5_000)}"\nb: |\n${"  - - - { : [\n".repeat(2_000)}`;
  const flow = `a: {${Array.from({ length: 1_000 }, (_, place) => `k${place}: [1, {b: 2}]`).join(", ")}}`;
  const steps = Array.from({ length: 90 }, (_, level) => `${" ".repeat(level)}k:\n`).join("");
  for (const text of [long, flow, steps, "---\na: 1\n...\n", "%YAML 1.2\n---\na: 1\n", "# nothing else\na: 1"])
    expect([text.slice(0, 20), readDocument(text)]).toEqual([
      text.slice(0, 20),
      { ok: true, value: expect.anything() },
    ]);
});

test("the reader of YAML still tells its faults where ours ends it at the first one", () => {
  expect(new Composer()).toHaveProperty("onError", expect.any(Function));
});
