import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { lastLines, run } from "../../server/launch/command.mjs";
import { MADE } from "../../server/launch/tree.mjs";
import { HOSTILE } from "./hostile-documents.mjs";

/** Megabytes that a reading process may keep; with its own code it stays below what a person may lose to a bad file. */
const HEAP_MB = 160;
const READINGS = 3;

/** @typedef {{ name: string, ms: number, mb: number, code: string | null }} Told */

/**
 * What hostile documents cost whoever opens them: each is read, and compiled if it can be read, in a fresh process with
 * little memory. Nothing is warm, so that the time is that of the first file somebody opens. Of three such processes the
 * middle one counts, because others work on the same machine.
 */
export async function measure() {
  const { ok, said } = await run(process.execPath, [
    "server/launch/bundle.mjs",
    "hostile=e2e/bench/hostile-reading.ts",
  ]);
  if (!ok) throw new Error(lastLines(said));
  const dir = await mkdtemp(join(tmpdir(), "studio-hostile-"));
  try {
    /** @type {Told[]} */
    const told = [];
    for (const name of Object.keys(HOSTILE)) told.push(await reading(name, join(dir, "hostile.flow.json")));
    return figures(told);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** @param {string} name @param {string} file @returns {Promise<Told>} */
async function reading(name, file) {
  writeFileSync(file, HOSTILE[name]?.() ?? "");
  const all = [];
  for (let times = 0; times < READINGS; times++) all.push(await readOnce(name, file));
  const told = all.sort((a, b) => a.ms - b.ms)[Math.floor(READINGS / 2)];
  if (!told) throw new Error("nothing was read");
  return { ...told, mb: Math.max(...all.map(({ mb }) => mb)) };
}

/** @param {string} name @param {string} file @returns {Promise<Told>} */
async function readOnce(name, file) {
  const bundle = pathToFileURL(join(MADE, "build", "hostile.mjs")).href;
  const { ok, said } = await run(process.execPath, [
    `--max-old-space-size=${HEAP_MB}`,
    "e2e/bench/hostile-child.mjs",
    bundle,
    file,
  ]);
  // A process that went down refused nothing, and took all the memory it was given.
  return ok
    ? { name, ...JSON.parse(said) }
    : { name, ms: Number.POSITIVE_INFINITY, mb: Number.POSITIVE_INFINITY, code: null };
}

/** @param {Told[]} told */
function figures(told) {
  const slowest = told.reduce((a, b) => (b.ms > a.ms ? b : a));
  const largest = told.reduce((a, b) => (b.mb > a.mb ? b : a));
  const accepted = told.filter(({ code }) => code === null).map(({ name }) => name);
  for (const { name, ms, mb, code } of told)
    console.error(`${name.padEnd(42)}${ms.toFixed(0).padStart(6)} ms ${mb.toFixed(0).padStart(5)} MB  ${code}`);
  return {
    worstMs: Math.round(slowest.ms),
    worstMb: Math.round(largest.mb),
    documents: told.length,
    refused: told.length - accepted.length,
    slowest: slowest.name,
    largest: largest.name,
    accepted,
  };
}
