import { setTimeout as sleep } from "node:timers/promises";
import { endChild } from "./ending.mjs";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
const STEADY_MS = 30_000; // after that long a fall counts as the first again

/**
 * Keeps one process running: a fall is answered by a new start, later each time, until `stop`.
 *
 * @typedef {object} Supervised
 * @property {string} name
 * @property {() => number | undefined} pid
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} parts
 * @param {string} parts.name
 * @param {(signal: AbortSignal) => Promise<ChildProcess>} parts.start resolves when the process is ready to serve
 * @param {NodeJS.Signals} parts.stopSignal
 * @param {number} parts.graceMs how long it may take to stop before it is killed
 * @param {(line: string) => void} parts.say
 * @param {AbortSignal} parts.signal ends a start that is under way
 * @param {() => void} parts.changed called when the process is another one than before
 * @returns {Promise<Supervised>} after the first start, whose failure is the caller's
 */
export async function supervise({ name, start, stopSignal, graceMs, say, signal, changed }) {
  const stopping = new AbortController();
  const onAbort = () => stopping.abort();
  signal.addEventListener("abort", onAbort);
  let child = await start(stopping.signal);
  let waitMs = FIRST_WAIT_MS;
  /** @type {Promise<void>} */
  let recovery = Promise.resolve();
  watch();
  changed();

  function watch() {
    const since = performance.now();
    child.once("exit", (code, killedBy) => {
      if (stopping.signal.aborted) return;
      if (performance.now() - since > STEADY_MS) waitMs = FIRST_WAIT_MS;
      say(`${name} ended (${killedBy ?? `exit code ${code}`}) and is started again`);
      recovery = recover();
    });
  }

  async function recover() {
    while (!stopping.signal.aborted) {
      await sleep(waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      if (await startAgain()) return;
    }
  }

  async function startAgain() {
    if (stopping.signal.aborted) return true;
    try {
      child = await start(stopping.signal);
    } catch (error) {
      if (stopping.signal.aborted) return true;
      say(`${name} could not be started again: ${firstLine(error)}`);
      return false;
    }
    watch();
    changed();
    return true;
  }

  return {
    name,
    pid: () => child.pid,
    async stop() {
      stopping.abort();
      await recovery;
      await endChild(child, stopSignal, graceMs);
    },
  };
}

/** @param {unknown} error */
const firstLine = (error) => /** @type {Error} */ (error).message.split("\n")[0];
