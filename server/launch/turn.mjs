import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "./folder-lock.mjs";
import { Refusal } from "./refusal.mjs";
import { MADE } from "./tree.mjs";
import { until } from "./waiting.mjs";

const LONGEST_MS = 900_000;

/**
 * Does one thing at a time in this tree. Two studios may start from it at once: the second waits here, and then
 * finds done what the first one did.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 */
export async function inTurn(name, work) {
  mkdirSync(MADE, { recursive: true });
  const file = join(MADE, `${name}.lock`);
  /** @type {(() => void) | undefined} */
  let release;
  const mine = () => {
    const lock = takeLock(file, name);
    if ("release" in lock) release = lock.release;
    return release !== undefined;
  };
  await until(mine, { forMs: LONGEST_MS, everyMs: 200 });
  if (!release) throw new Refusal(`Another ${name} of this tree has not ended: end it, or remove ${file}.`);
  try {
    return await work();
  } finally {
    release();
  }
}
