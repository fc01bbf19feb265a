import { expect, test } from "vitest";
import { parseFlags } from "./flags.mjs";
import { Refusal } from "./refusal.mjs";

test("no flags mean the usual port, the usual folder and a browser", () => {
  expect(parseFlags([])).toEqual({
    ...{ port: 4400, data: undefined, workers: 1 },
    ...{ dev: false, reset: false, help: false, open: true },
  });
});

test("a data folder is taken from where the person stands", () => {
  expect(parseFlags(["--data", "/tmp/x", "--port", "5000", "--no-open"])).toMatchObject({
    data: "/tmp/x",
    port: 5000,
    open: false,
  });
  expect(parseFlags(["--data", "here"]).data).toMatch(/^\/.+\/here$/);
});

test.each([
  [["--port", "http"]],
  [["--port", "0"]],
  [["--prot", "4400"]],
  [["4400"]],
  [["--workers", "9"]],
  [["--workers", "two"]],
])("%j is refused", (words) => {
  expect(() => parseFlags(words)).toThrow(Refusal);
});
