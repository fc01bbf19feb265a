import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { keyRing } from "./key-ring";

const folder = mkdtempSync(join(tmpdir(), "studio-ring-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ringOf(...keys: string[]) {
  const file = join(folder, `${keys.map((key) => key[0]).join("-")}.key`);
  writeFileSync(file, `${keys.join("\n")}\n`, { mode: 0o600 });
  return keyRing(file);
}
const [ONE, TWO] = ["1".repeat(64), "2".repeat(64)];

test("what was sealed is opened at its place, and says nothing where it is kept", () => {
  const ring = ringOf(ONE);
  const sealed = ring.seal("canary-1234", "ada acme/reader token");
  expect(ring.open(sealed, "ada acme/reader token")).toBe("canary-1234");
  expect(JSON.stringify(sealed)).not.toContain("canary");
  expect(ring.seal("canary-1234", "ada acme/reader token").sealed).not.toBe(sealed.sealed);
  expect(() => ring.open(sealed, "eve acme/reader token")).toThrow();
  const [first = ""] = sealed.sealed;
  expect(() =>
    ring.open({ ...sealed, sealed: `${first === "A" ? "B" : "A"}${sealed.sealed.slice(1)}` }, "ada acme/reader token"),
  ).toThrow();
});

test("a new key seals from now on, and the old one opens what it sealed until it is taken away", () => {
  const before = ringOf(ONE).seal("canary-1234", "place");
  const both = ringOf(TWO, ONE);
  expect(both.open(before, "place")).toBe("canary-1234");
  const after = both.seal("canary-1234", "place");
  expect([after.keyId, before.keyId]).toEqual([both.current(), ringOf(ONE).current()]);
  const alone = ringOf(TWO);
  expect(alone.open(after, "place")).toBe("canary-1234");
  expect(() => alone.open(before, "place")).toThrow(/is not in the file/);
});

test("without a key nothing is sealed, and the sentence says which variable is missing", () => {
  expect(() => keyRing(undefined).seal("canary-1234", "place")).toThrow(/SECRETS_KEY_FILE/);
});
