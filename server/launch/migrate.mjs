import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { assertDurable } from "./durability.mjs";
import { folderNewer, Refusal } from "./refusal.mjs";
import { ROOT } from "./tree.mjs";

/** @typedef {{ name: string; sql: string; checksum: string }} Migration */
/** @typedef {{ migration_name: string; checksum: string; finished: boolean }} Applied */

const MIGRATIONS = join(ROOT, "prisma", "migrations");
const PRISMA_LOCK = 72_707_369; // the advisory lock that Prisma Migrate itself takes

/** Prisma's own bookkeeping, word for word, so that its command line finds the database up to date. */
const BOOKKEEPING = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/**
 * Brings a database to the state of the committed migrations, each in a transaction of its own, and refuses one
 * that may lose data, that a newer version wrote, or whose applied migrations were edited since.
 *
 * @param {string} url
 * @param {{ dir?: string; folder?: string }} [from] the migrations; the data folder to name in a refusal
 * @returns {Promise<string[]>} the names of the migrations that were applied now
 */
export async function migrate(url, { dir = MIGRATIONS, folder = "of this database" } = {}) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await assertDurable(client);
    await client.query(`select pg_advisory_lock(${PRISMA_LOCK})`);
    await client.query(BOOKKEEPING);
    const missing = compare(readMigrations(dir), await readApplied(client), folder);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end(); // and with it the advisory lock
  }
}

/**
 * @param {string} [dir]
 * @returns {Migration[]}
 */
export function readMigrations(dir = MIGRATIONS) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, "migration.sql")))
    .map(({ name }) => {
      const sql = readFileSync(join(dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * @param {import("pg").Client} client
 * @returns {Promise<Applied[]>}
 */
async function readApplied(client) {
  const { rows } = await client.query(
    `select migration_name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null`,
  );
  return rows;
}

/**
 * @param {Migration[]} known
 * @param {Applied[]} applied
 * @param {string} folder
 */
export function compare(known, applied, folder) {
  const inTree = new Map(known.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished } of applied) {
    const ours = inTree.get(name);
    if (!ours) throw folderNewer(folder, `it knows the migration ${name}`);
    if (!finished)
      throw new Refusal(`The migration ${name} stopped half way: repair it with npm run db -- migrate resolve.`);
    if (ours.checksum !== checksum)
      throw new Refusal(
        `The migration ${name} was edited after it was applied: restore it, or erase the data with --reset.`,
      );
  }
  const done = new Set(applied.map(({ migration_name: name }) => name));
  return known.filter(({ name }) => !done.has(name));
}

/** @param {import("pg").Client} client @param {Migration} migration */
async function apply(client, { name, sql, checksum }) {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`The migration ${name} could not be applied`, { cause: error });
  }
}
