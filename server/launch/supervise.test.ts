import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { identityOf, isAlive } from "./process-identity.mjs";
import { supervise } from "./supervise.mjs";
import { until } from "./waiting.mjs";

const sleeper = async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  return child;
};
const rules = (lines: string[]) => ({
  name: "worker",
  stopSignal: "SIGTERM" as const,
  graceMs: 1_000,
  say: (line: string) => lines.push(line),
  signal: new AbortController().signal,
  changed: () => {},
});

test("a process that is killed is started again, said in one line, until it is stopped", async () => {
  const lines: string[] = [];
  const worker = await supervise({ ...rules(lines), start: sleeper });
  const first = worker.pid() ?? 0;
  process.kill(first, "SIGKILL");
  expect(await until(() => worker.pid() !== first, { forMs: 5_000 })).toBe(true);
  expect(lines).toEqual(["worker ended (SIGKILL) and is started again"]);
  const second = identityOf(worker.pid() ?? 0);
  await worker.stop();
  expect(isAlive(second)).toBe(false);
  expect(lines).toHaveLength(1);
});

test("a start that fails is tried again, later each time", async () => {
  const lines: string[] = [];
  let starts = 0;
  const start = async () => {
    starts += 1;
    if (starts === 2) throw new Error("no database\nand more");
    return sleeper();
  };
  const worker = await supervise({ ...rules(lines), start });
  process.kill(worker.pid() ?? 0, "SIGKILL");
  expect(await until(() => starts === 3, { forMs: 5_000 })).toBe(true);
  expect(lines[1]).toBe("worker could not be started again: no database");
  await worker.stop();
});

test("stopping ends a start that is under way", async () => {
  const lines: string[] = [];
  let starts = 0;
  const start = async (signal: AbortSignal) => {
    starts += 1;
    if (starts === 1) return sleeper();
    await once(signal, "abort");
    throw signal.reason;
  };
  const worker = await supervise({ ...rules(lines), start });
  process.kill(worker.pid() ?? 0, "SIGKILL");
  await until(() => starts === 2, { forMs: 5_000 });
  await worker.stop();
  expect(lines).toEqual(["worker ended (SIGKILL) and is started again"]);
});
