import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { triggerSecrets } from "./sealed";

const folder = mkdtempSync(join(tmpdir(), "studio-secrets-"));
afterAll(() => rmSync(folder, { recursive: true }));

function withKey(hex: string) {
  const file = join(folder, hex.slice(0, 4));
  writeFileSync(file, `${hex}\n`);
  return triggerSecrets(file);
}

const ours = withKey("ab".repeat(32));

test("a sealed secret opens for its own place and with its own key only, and is sealed otherwise each time", () => {
  const secret = ours.fresh();
  const sealed = ours.seal(secret, "f/hook");
  expect(ours.open(sealed, "f/hook")).toBe(secret);
  expect(sealed).not.toContain(secret);
  expect(ours.seal(secret, "f/hook")).not.toBe(sealed);
  expect(() => ours.open(sealed, "g/hook")).toThrow();
  expect(() => withKey("cd".repeat(32)).open(sealed, "f/hook")).toThrow();
  const bytes = Buffer.from(sealed, "base64");
  for (let place = 0; place < bytes.length; place++) {
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(() => ours.open(changed.toString("base64"), "f/hook")).toThrow();
  }
  expect(() => ours.open(bytes.subarray(0, 20).toString("base64"), "f/hook")).toThrow();
});

test("fresh secrets differ and are long", () => {
  const [one, other] = [ours.fresh(), ours.fresh()];
  expect(one).not.toBe(other);
  expect(one).toMatch(/^whs_[A-Za-z0-9_-]{43}$/);
});

test("a mark is held against prefix and body as one text", () => {
  const body = new TextEncoder().encode('{"a":1}');
  const mark = createHmac("sha256", "s").update('5.k.{"a":1}').digest("hex");
  expect(ours.isSigned("s", { prefix: "5.k.", body }, mark)).toBe(true);
  expect(ours.isSigned("t", { prefix: "5.k.", body }, mark)).toBe(false);
  expect(ours.isSigned("s", { prefix: "6.k.", body }, mark)).toBe(false);
  expect(ours.isSigned("s", { prefix: "5.k.", body: new Uint8Array() }, mark)).toBe(false);
  for (const wrong of ["", "zz", mark.slice(2), `${mark}00`])
    expect(ours.isSigned("s", { prefix: "5.k.", body }, wrong)).toBe(false);
});

test("without a key nothing is sealed, and the sentence says what is missing", () => {
  expect(() => triggerSecrets(undefined).seal("s", "f/hook")).toThrow(/TRIGGER_KEY_FILE/);
});
