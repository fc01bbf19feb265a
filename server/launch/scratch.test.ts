import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { scratchInMemory } from "./scratch.mjs";

const memory = mkdtempSync(join(tmpdir(), "scratch-"));
afterAll(() => rmSync(memory, { recursive: true }));

test("what tests write goes to memory where it has room, and nowhere else", () => {
  const folder = scratchInMemory(memory, 1);
  expect(folder && dirname(folder)).toBe(memory);
  expect(scratchInMemory(memory, Number.MAX_SAFE_INTEGER)).toBeNull();
  expect(scratchInMemory(join(memory, "not-there"), 1)).toBeNull();
});

test("what tests that were ended by force left in memory goes, and what others still write stays", () => {
  const [left, used, strange] = ["studio-tests-4194999-a", `studio-tests-${process.pid}-b`, "somebody-else-1-c"];
  for (const name of [left, used, strange]) mkdirSync(join(memory, name));
  scratchInMemory(memory, 1);
  expect([left, used, strange].map((name) => existsSync(join(memory, name)))).toEqual([false, true, true]);
});
