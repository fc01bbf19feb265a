import { existsSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { explain, portTaken, Refusal, saysDiskFull } from "./refusal.mjs";

const errorOf = (act: () => void) => {
  try {
    act();
  } catch (error) {
    return error;
  }
};

test.runIf(existsSync("/dev/full"))("a write that the system refuses for lack of space becomes one sentence", () => {
  const refusal = explain(
    errorOf(() => writeFileSync("/dev/full", "x")),
    "building",
  );
  expect(refusal).toBeInstanceOf(Refusal);
  expect((refusal as Refusal).message).toMatch(/^The disk is full \(building\): free some space and start again/);
});

test("a full disk is recognised in what npm, Postgres and a wrapped error say", () => {
  expect(saysDiskFull("npm error code ENOSPC")).toBe(true);
  expect(saysDiskFull('FATAL: could not write to file "pg_wal/xlogtemp.9": No space left on device')).toBe(true);
  expect(saysDiskFull(new Error("a migration failed", { cause: { code: "53100" } }))).toBe(true);
  expect(saysDiskFull(new Error("connection refused"))).toBe(false);
  expect(saysDiskFull(undefined)).toBe(false);
});

test("a known refusal keeps its sentence, and a bug stays a bug", () => {
  const taken = portTaken(4400);
  const bug = new TypeError("x is not a function");
  expect(explain(taken, "starting")).toBe(taken);
  expect(explain(bug, "starting")).toBe(bug);
});
