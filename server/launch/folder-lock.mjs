import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { identityOf, isAlive } from "./process-identity.mjs";

/** @typedef {import("./process-identity.mjs").ProcessIdentity} ProcessIdentity */

/**
 * Who holds a lock: a process, its address, and the processes that it started.
 *
 * @typedef {ProcessIdentity & { url: string; children: ProcessIdentity[] }} Holder
 */

/**
 * @typedef {object} Lock
 * @property {Holder | undefined} left a dead holder that this one took over from
 * @property {(children: ProcessIdentity[]) => void} note writes down the processes that live by this lock
 * @property {() => void} release
 */

/**
 * Takes a lock file, or tells which live process has it. A holder that died without releasing is taken over.
 *
 * @param {string} path
 * @param {string} url
 * @returns {Lock | { heldBy: Holder }}
 */
export function takeLock(path, url) {
  const mine = { ...identityOf(process.pid), url, children: /** @type {ProcessIdentity[]} */ ([]) };
  const draft = `${path}.${process.pid}`;
  /** @type {Holder | undefined} */
  let left;
  writeFileSync(draft, JSON.stringify(mine));
  while (!linkIfFree(draft, path)) {
    const holder = readHolder(path);
    if (holder && isAlive(holder)) {
      rmSync(draft);
      return { heldBy: holder };
    }
    left = takeAway(path, draft, holder) ?? left;
  }
  rmSync(draft);
  return {
    left,
    note(children) {
      writeFileSync(draft, JSON.stringify({ ...mine, children }));
      renameSync(draft, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

/** @param {string} draft @param {string} path */
function linkIfFree(draft, path) {
  try {
    linkSync(draft, path); // a link appears whole and only once, which writing a file cannot promise
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes a dead holder's file. Two starters may find it dead at once: the slower one must not remove the
 * quicker one's new file, so it looks at what it took and gives a living one back.
 *
 * @param {string} path @param {string} draft @param {Holder | undefined} dead
 */
function takeAway(path, draft, dead) {
  const away = `${draft}.away`;
  try {
    renameSync(path, away);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return undefined;
    throw error;
  }
  const taken = readHolder(away);
  if (taken && isAlive(taken)) linkIfFree(away, path);
  rmSync(away);
  return dead;
}

/**
 * @param {string} path
 * @returns {Holder | undefined}
 */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    // Gone in between, or cut short by a full disk or a power loss: either way nobody who lives holds it.
    if (error instanceof SyntaxError || /** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT")
      return undefined;
    throw error;
  }
}
