import fc from "fast-check";
import { expect, test } from "vitest";
import { echoes } from "./echoes";

const secret = "canary-7f3a91-Zq/+";
const bytes = (text: string) => Buffer.from(text, "utf8");

test.each([
  ["as it is", secret],
  ["in a sentence", `Your key is ${secret}.`],
  ["in other letters", secret.toUpperCase()],
  ["with percent signs", encodeURIComponent(secret)],
  ["in hex", bytes(secret).toString("hex")],
  ["in base64", bytes(secret).toString("base64")],
  ["in the base64 of an address", bytes(secret).toString("base64url")],
  ["as a password in base64", bytes(`ann:${secret}`).toString("base64")],
  ["in the midst of base64", bytes(`{"key":"${secret}","n":1}`).toString("base64")],
])("a secret that comes back %s is found, wherever it stands", (_, text) => {
  expect(echoes({ output: { a: [1, { deep: text }] } }, [secret])).toBe(true);
  expect(echoes({ output: { [text]: null } }, ["another-secret", secret])).toBe(true);
  expect(echoes(text, [secret])).toBe(true);
});

test("what holds none of it is let through", () => {
  expect(echoes({ output: { text: "canary-7f3a91" }, n: 3, none: null }, [secret])).toBe(false);
  fc.assert(fc.property(fc.json(), (text) => !echoes(JSON.parse(text), [secret])));
  let deep: unknown = "end";
  for (let depth = 0; depth < 50_000; depth++) deep = { deep };
  expect(echoes(deep, [secret])).toBe(false);
});
