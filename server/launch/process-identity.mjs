import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * One process and no other: its number is given again to strangers, its number together with its start is not.
 *
 * @typedef {{ pid: number; started: string }} ProcessIdentity
 */

/**
 * When a process started, in words that only serve for comparing; nothing when it is not alive.
 *
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startOf(pid) {
  return existsSync("/proc/self/stat") ? startFromProc(pid) : startFromPs(pid);
}

/** @param {number} pid */
function startFromProc(pid) {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name in brackets may hold spaces
  const [state, startTicks] = [fields[0], fields[19]];
  if (state === "Z" || state === "X") return undefined; // dead, only not collected by its parent
  return `${startTicks} after ${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}`;
}

/** @param {number} pid */
function startFromPs(pid) {
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}

/**
 * @param {number} pid
 * @returns {ProcessIdentity}
 */
export const identityOf = (pid) => ({ pid, started: startOf(pid) ?? "never" });

/** @param {ProcessIdentity} identity */
export const isAlive = ({ pid, started }) => startOf(pid) === started;

/**
 * Sends a signal; a process that is already gone is no error.
 *
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}
