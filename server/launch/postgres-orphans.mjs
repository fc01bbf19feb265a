import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { send, startOf } from "./process-identity.mjs";
import { until } from "./waiting.mjs";

const PATIENCE_MS = 10_000;

/**
 * Ends every Postgres process that a killed launcher or a killed postmaster left in this folder, and removes the
 * postmaster.pid that would make the next one refuse. Call it only while holding the folder's lock.
 *
 * The file may go only when no backend lives: a second postmaster beside a backend of the first destroys data.
 *
 * @param {string} dir
 */
export async function clearOrphans(dir) {
  const pidFile = join(dir, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const postmaster = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const inFolder = () => postgresIn(dir, postmaster);
  if (inFolder().includes(postmaster)) send(postmaster, "SIGINT");
  if (!(await until(() => inFolder().length === 0, { forMs: PATIENCE_MS }))) {
    for (const pid of inFolder()) send(pid, "SIGQUIT");
    if (!(await until(() => inFolder().length === 0, { forMs: PATIENCE_MS })))
      throw new Error(`Postgres processes ${inFolder().join(", ")} still use ${dir}`);
  }
  rmSync(pidFile, { force: true });
}

/**
 * The live Postgres processes whose working folder is this one: postmaster and backends, whatever their parent.
 *
 * @param {string} dir
 * @param {number} postmaster the number in postmaster.pid, for systems without /proc
 */
function postgresIn(dir, postmaster) {
  if (!existsSync("/proc/self/cwd")) return namesPostgres(postmaster) ? [postmaster] : [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && linkOf(`/proc/${name}/cwd`) === dir)
    .map(Number)
    .filter((pid) => linkOf(`/proc/${pid}/exe`)?.endsWith("/postgres") && startOf(pid) !== undefined);
}

/** @param {string} path */
function linkOf(path) {
  try {
    return readlinkSync(path);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === "ENOENT" || code === "EACCES" || code === "EPERM" || code === "ESRCH") return undefined;
    throw error;
  }
}

/** @param {number} pid */
const namesPostgres = (pid) =>
  spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).stdout.includes("postgres");
