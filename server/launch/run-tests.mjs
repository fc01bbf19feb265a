import { rmSync } from "node:fs";
import { inspect } from "node:util";
import { install } from "./install.mjs";
import { prepare } from "./prepare.mjs";
import { Refusal } from "./refusal.mjs";
import { scratchInMemory } from "./scratch.mjs";
import { seconds, stages } from "./stages.mjs";
import { closingLine, one, sum } from "./tally.mjs";
import { ALL, PARTS } from "./test-parts.mjs";

/** A test talks to its own database and to no model, whatever this shell talks to. */
const NOT_INHERITED = [
  "DATABASE_URL",
  "STUDIO_URL",
  "SOLANA_RPC_URL",
  "SOLANA_WS_URL",
  "OPENAI_BASE_URL",
  "OPENAI_API_KEY",
  "OPENAI_MODEL",
  "AGENTS_ALLOWED_ORIGINS",
  "MODELS",
  "MODEL_KEYS",
  "NODE_ENV",
];

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

/**
 * Runs the named parts, or all of them, from whatever state the tree is in.
 *
 * @param {string[]} names
 * @returns {Promise<number>} the exit code
 */
export async function runTests(names) {
  const unknown = names.filter((name) => !(name in PARTS));
  if (unknown.length > 0) {
    say(`There is no part ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}.`);
    return 2;
  }
  for (const name of NOT_INHERITED) delete process.env[name];
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  try {
    const stage = stages(say, new AbortController().signal);
    await stage("install", install);
    await stage("prepare", prepare);
  } catch (error) {
    say(describe(error));
    say(closingLine(one(false)));
    return 1;
  }
  const total = await inMemory(async () => {
    const tallies = [];
    for (const name of names.length > 0 ? names : ALL) tallies.push(await part(name));
    return sum(tallies);
  });
  for (const name of total.names ?? []) say(name);
  say(closingLine(total));
  return total.failed > 0 ? 1 : 0;
}

/**
 * Whatever is made meanwhile in the folder for temporary files is made in memory, where that can be.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function inMemory(work) {
  const scratch = scratchInMemory();
  if (scratch) process.env.TMPDIR = scratch;
  try {
    return await work();
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  }
}

/** @param {string} name */
async function part(name) {
  const began = performance.now();
  const tally = await attempt(PARTS[name] ?? (() => Promise.resolve(one(false))));
  say(`${name.padEnd(12)}${closingLine(tally).padEnd(40)}${seconds(performance.now() - began)}`);
  return tally;
}

/**
 * A part that breaks is a failure of that part; the others still tell what they know.
 *
 * @param {() => Promise<import("./tally.mjs").Tally>} work
 */
async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    say(describe(error));
    return one(false);
  }
}

/** @param {unknown} error */
const describe = (error) => (error instanceof Refusal ? error.message : inspect(error));
