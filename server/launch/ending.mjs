import { once } from "node:events";
import { isAlive, send } from "./process-identity.mjs";
import { until } from "./waiting.mjs";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

const STOP_MS = 20_000;
const LEFT_MS = 4_000;

/** @param {ChildProcess} child */
export const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/**
 * Asks a process to end, and kills it when it takes too long.
 *
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 * @param {number} [graceMs]
 */
export async function endChild(child, signal, graceMs = STOP_MS) {
  if (hasEnded(child)) return;
  const gone = once(child, "exit");
  const impatience = setTimeout(() => child.kill("SIGKILL"), graceMs);
  child.kill(signal);
  await gone;
  clearTimeout(impatience);
}

/**
 * Ends processes that a killed launcher left behind, as far as they still live and are still the same ones.
 *
 * @param {import("./process-identity.mjs").ProcessIdentity[]} left
 */
export async function endAll(left) {
  const alive = () => left.filter(isAlive);
  for (const { pid } of alive()) send(pid, "SIGTERM");
  await until(() => alive().length === 0, { forMs: LEFT_MS });
  for (const { pid } of alive()) send(pid, "SIGKILL");
  await until(() => alive().length === 0, { forMs: LEFT_MS });
}
