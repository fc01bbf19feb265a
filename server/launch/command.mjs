import { spawn } from "node:child_process";
import { ROOT } from "./tree.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const underWay = new Set();

/** Ends what `run` has started; for a launcher that is told to stop. */
export function endCommands() {
  for (const child of underWay) child.kill("SIGTERM");
}

/**
 * Runs a command of the tool chain to its end and keeps what it said. It ends with the launcher: same terminal,
 * same Ctrl-C.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ ok: boolean; said: string }>}
 */
export function run(program, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    underWay.add(child);
    /** @type {Buffer[]} */
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
    child.once("error", reject);
    child.once("exit", () => underWay.delete(child));
    child.once("close", (code) => resolve({ ok: code === 0, said: Buffer.concat(said).toString("utf8") }));
  });
}

/**
 * The last lines, where tools say what went wrong.
 *
 * @param {string} said
 */
export const lastLines = (said) => said.trimEnd().split("\n").slice(-30).join("\n");
