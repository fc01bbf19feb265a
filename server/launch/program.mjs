import { fork } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, closeSync } from "node:fs";
import { endChild, hasEnded } from "./ending.mjs";
import { openLog, readFrom, sizeOf } from "./logs.mjs";
import { diskFull, Refusal, saysDiskFull } from "./refusal.mjs";
import { ROOT } from "./tree.mjs";
import { until } from "./waiting.mjs";

const LEASH = new URL("./leash.mjs", import.meta.url).href;
const READY_MS = 60_000;
const RUN_MS = 300_000;

/**
 * A process of the studio that runs JavaScript.
 *
 * @typedef {object} Program
 * @property {string} name
 * @property {string} file
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {number} heapMb the limit of its heap: an idle studio is small because each part is told to be
 * @property {number} [youngMb] room for what lives for one request; too little and every page waits for the collector
 * @property {string} log
 * @property {boolean} loud shows what it says, for development
 */

/**
 * Starts a program in a session of its own, so that Ctrl-C reaches the launcher alone, which stops things in order.
 *
 * @param {Program} program
 */
async function startProgram({ name, file, args, env, heapMb, youngMb, log, loud }) {
  const out = openLog(log);
  const child = fork(file, args, {
    cwd: ROOT,
    env: { ...env, STUDIO_LAUNCHER: String(process.pid) },
    execArgv: [
      `--max-old-space-size=${heapMb}`,
      ...(youngMb ? [`--max-semi-space-size=${youngMb}`] : []),
      `--import=${LEASH}`,
    ],
    stdio: ["ignore", loud ? "pipe" : out, loud ? "pipe" : out, "ipc"],
    detached: true,
  });
  if (child.stdout && child.stderr) repeat(log, child.stdout, child.stderr);
  closeSync(out);
  const [problem] = await Promise.race([once(child, "spawn"), once(child, "error")]);
  if (problem) throw new Error(`${name} could not be started: ${problem.message}`);
  return child;
}

/**
 * Lets a developer see what goes into the log.
 *
 * @param {string} log @param {import("node:stream").Readable[]} streams
 */
function repeat(log, ...streams) {
  for (const stream of streams) {
    stream.on("data", (chunk) => {
      appendFileSync(log, chunk);
      process.stdout.write(chunk);
    });
  }
}

/**
 * @typedef {object} Watch
 * @property {(said: string) => boolean | Promise<boolean>} isReady asked again and again, with what the program said
 * @property {AbortSignal} signal ends the waiting, and the program with it
 */

/**
 * Starts a program and waits until it answers. A program that ends before that is an error with its last words.
 *
 * @param {Program} program
 * @param {Watch} watch
 */
export async function startUntilReady(program, { isReady, signal }) {
  const saidBefore = sizeOf(program.log);
  const child = await startProgram(program);
  const said = () => readFrom(program.log, saidBefore);
  const settled = async () => hasEnded(child) || signal.aborted || (await isReady(said()));
  const inTime = await until(settled, { forMs: READY_MS });
  if (inTime && !hasEnded(child) && !signal.aborted) return child;
  await endChild(child, "SIGTERM", 1_000);
  signal.throwIfAborted();
  throw lastWords(program, inTime ? said() : `${said()}\nIt was not ready within ${READY_MS / 1_000} s`);
}

/**
 * Runs a program to its end; anything but success is an error with its last words.
 *
 * @param {Program} program
 * @param {AbortSignal} signal
 */
export async function runProgram(program, signal) {
  const saidBefore = sizeOf(program.log);
  const child = await startProgram(program);
  await until(() => hasEnded(child) || signal.aborted, { forMs: RUN_MS });
  if (child.exitCode === 0) return;
  await endChild(child, "SIGTERM", 1_000);
  signal.throwIfAborted();
  throw lastWords(program, readFrom(program.log, saidBefore));
}

/** @param {Program} program @param {string} said */
function lastWords({ name, log }, said) {
  if (saysDiskFull(said)) return diskFull(`starting ${name}`);
  const tail = said.trimEnd().split("\n").slice(-15).join("\n");
  return new Refusal(`${name} failed (${log}):\n${tail}`);
}
