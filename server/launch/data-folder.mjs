import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { endAll } from "./ending.mjs";
import { takeLock } from "./folder-lock.mjs";
import { clearOrphans } from "./postgres-orphans.mjs";
import { folderInUse, folderNewer, Refusal } from "./refusal.mjs";

const FORMAT = 1; // raised when an older studio could no longer read the folder
const LOCK = "studio.lock";
const MARK = "studio.json";

/**
 * The one folder with everything that is saved, held by this process until `release`.
 *
 * @typedef {object} DataFolder
 * @property {string} dir absolute, links resolved
 * @property {string} secrets
 * @property {string} postgres
 * @property {string} ports
 * @property {(name: string) => string} log
 * @property {import("./folder-lock.mjs").Lock["note"]} note
 * @property {() => void} release
 */

/**
 * Takes a data folder, after a live studio, a newer studio or the remains of a killed one have been dealt with.
 *
 * @param {string} path
 * @param {{ url: string; reset: boolean }} options
 * @returns {Promise<DataFolder>}
 */
export async function openDataFolder(path, { url, reset }) {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const dir = realpathSync(path);
  const lock = takeLock(join(dir, LOCK), url);
  if ("heldBy" in lock) throw folderInUse({ dir, ...lock.heldBy });
  try {
    await endAll(lock.left?.children ?? []);
    if (reset) await erase(dir);
    mark(dir);
  } catch (error) {
    lock.release();
    throw error;
  }
  return {
    dir,
    secrets: join(dir, "secrets"),
    postgres: join(dir, "postgres"),
    ports: join(dir, "ports.json"),
    log: (name) => join(dir, "logs", `${name}.log`),
    note: lock.note,
    release: lock.release,
  };
}

/** @param {string} dir */
async function erase(dir) {
  const names = readdirSync(dir).filter((name) => !name.startsWith(LOCK));
  if (names.length > 0 && !names.includes(MARK))
    throw new Refusal(
      `The folder ${dir} holds files that are not a studio's: erase it by hand, or choose another with --data DIR.`,
    );
  const postgres = join(dir, "postgres");
  if (existsSync(postgres)) await clearOrphans(realpathSync(postgres));
  for (const name of names) rmSync(join(dir, name), { recursive: true, force: true });
}

/** @param {string} dir */
function mark(dir) {
  const file = join(dir, MARK);
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ format: FORMAT }));
  const { format } = JSON.parse(readFileSync(file, "utf8"));
  if (format > FORMAT) throw folderNewer(dir, `its format is ${format}; here is ${FORMAT}`);
}
