import { mkdirSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { endChild } from "./ending.mjs";
import { freePort } from "./ports.mjs";
import { postgresBinaries, unprivileged } from "./postgres-binaries.mjs";
import { ensureCluster } from "./postgres-cluster.mjs";
import { clearOrphans } from "./postgres-orphans.mjs";
import { runPostmaster } from "./postgres-process.mjs";
import { secret } from "./secrets.mjs";

const USER = "studio";
const ALREADY_THERE = "42P04";

/**
 * @typedef {object} Postgres
 * @property {string} url the database `studio`
 * @property {number} port
 * @property {number} pid the postmaster
 * @property {import("node:child_process").ChildProcess} child
 * @property {() => Promise<void>} stop lets nothing be lost
 * @property {() => Promise<void>} kill what a power loss would do
 * @property {(name: string, from?: { like: string }) => Promise<string>} createDatabase makes an empty database, or a copy
 *   of another that nobody is connected to, and returns its address
 */

/**
 * Starts Postgres on a folder, which it makes on first use. It stops by itself when this process is gone.
 *
 * @param {object} options
 * @param {string} options.dir a folder of its own
 * @param {number} [options.port]
 * @param {string} [options.secrets] where the generated password is kept; beside the folder by default
 * @param {string} [options.log] the file that gets what Postgres says
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ dir, port, secrets = `${dir}-secrets`, log = `${dir}.log` }) {
  const binaries = postgresBinaries();
  const as = unprivileged();
  mkdirSync(dirname(dir), { recursive: true });
  const password = secret(secrets, "postgres-password").value;
  ensureCluster({ dir, user: USER, password, binaries, as });
  const folder = realpathSync(dir);
  await clearOrphans(folder);

  const chosen = port ?? (await freePort());
  const child = await runPostmaster({ program: binaries.postgres, as, dir: folder, port: chosen, log });
  /** @param {string} name */
  const urlOf = (name) => `postgresql://${USER}:${password}@127.0.0.1:${chosen}/${name}`;
  await ensureDatabase(urlOf("postgres"), "studio");
  return {
    url: urlOf("studio"),
    port: chosen,
    pid: child.pid ?? 0,
    child,
    stop: () => endChild(child, "SIGINT"),
    kill: () => endChild(child, "SIGKILL"),
    createDatabase: async (name, from) => {
      await ensureDatabase(urlOf("postgres"), name, from?.like);
      return urlOf(name);
    },
  };
}

/** @param {string} serverUrl @param {string} name @param {string} [like] */
async function ensureDatabase(serverUrl, name, like) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const template = like === undefined ? "" : ` template ${pg.escapeIdentifier(like)}`;
    await client.query(`create database ${pg.escapeIdentifier(name)}${template}`);
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code !== ALREADY_THERE) throw error;
  } finally {
    await client.end();
  }
}
