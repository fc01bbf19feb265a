import pg from "pg";

const ALREADY_THERE = new Set(["42P04", "23505"]); // duplicate_database, and the same race seen by the catalogue's index

/** @param {string} url */
export const databaseOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1));

/** @param {string} name */
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/**
 * Runs one statement on the server's own `postgres` database, where other databases are made and dropped.
 *
 * @param {string} url
 * @param {string} statement
 */
async function onServer(url, statement) {
  const target = new URL(url);
  target.pathname = "/postgres";
  target.searchParams.delete("schema");
  const client = new pg.Client({ connectionString: target.toString() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** @param {string} url */
export async function canConnect(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.end();
}

/** @param {string} url */
export async function createDatabase(url) {
  try {
    await onServer(url, `create database ${quoted(databaseOf(url))}`);
  } catch (error) {
    if (!ALREADY_THERE.has(/** @type {{ code?: string }} */ (error).code ?? "")) throw error;
  }
}

/** @param {string} url */
export const dropDatabase = (url) => onServer(url, `drop database if exists ${quoted(databaseOf(url))} with (force)`);
