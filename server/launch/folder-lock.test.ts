import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeLock } from "./folder-lock.mjs";
import { identityOf, isAlive } from "./process-identity.mjs";

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(dir, "studio.lock");
});
afterEach(() => rmSync(dir, { recursive: true }));

const heldBy = (holder: object) => writeFileSync(path, JSON.stringify({ url: "u", children: [], ...holder }));

test("a folder is held once, and free again after release", () => {
  const first = takeLock(path, "http://127.0.0.1:1");
  expect(takeLock(path, "http://127.0.0.1:2")).toMatchObject({
    heldBy: { pid: process.pid, url: "http://127.0.0.1:1" },
  });
  if ("release" in first) first.release();
  expect(takeLock(path, "again")).toHaveProperty("release");
  expect(readdirSync(dir)).toEqual(["studio.lock"]);
});

test("a holder that was killed is taken over, with the list of what it left behind", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  const left = identityOf(child.pid ?? 0);
  heldBy({ ...left, children: [left] });
  expect(takeLock(path, "u")).toMatchObject({ heldBy: left });
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(takeLock(path, "u")).toMatchObject({ left: { pid: left.pid, children: [left] } });
});

test("a stranger who was given the dead holder's number does not hold the folder", () => {
  heldBy({ pid: process.pid, started: "in another life" });
  expect(takeLock(path, "u")).toHaveProperty("release");
});

test("half a lock file, as a power loss leaves it, holds nothing", () => {
  writeFileSync(path, '{"pid": 1');
  expect(takeLock(path, "u")).toHaveProperty("release");
});

test("the children are noted for whoever comes next", () => {
  const lock = takeLock(path, "u");
  if (!("note" in lock)) throw new Error("the lock was free");
  lock.note([identityOf(process.pid)]);
  expect(JSON.parse(readFileSync(path, "utf8")).children).toEqual([identityOf(process.pid)]);
  lock.release();
  expect(existsSync(path)).toBe(false);
});

test("a process is alive only as long as it is the same one", () => {
  const mine = identityOf(process.pid);
  expect(isAlive(mine)).toBe(true);
  expect(isAlive({ ...mine, started: "earlier" })).toBe(false);
  expect(isAlive({ ...mine, pid: 2 ** 22 + 1 })).toBe(false);
});
