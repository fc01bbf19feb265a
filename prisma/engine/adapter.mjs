import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { createDatabase, databaseOf, dropDatabase } from "./databases.mjs";

/** @typedef {import("@prisma/driver-adapter-utils").SqlDriverAdapter} SqlDriverAdapter */
/** @typedef {import("@prisma/driver-adapter-utils").SqlQuery} SqlQuery */
/** @typedef {(query: SqlQuery) => Promise<{ fields: { dataTypeID: number }[] }>} PerformIo */

const CHAR = 18; // the catalogue's one-byte "char", which the schema reader wants as a character
const CATALOGUE_TYPES = new Set([CHAR, 22, 24, 30, 194]); // int2vector, regproc, oidvector, pg_node_tree
const TEXT = 25;

/**
 * Teaches adapter-pg the types of PostgreSQL's own catalogue. The schema reader selects them; the adapter, made
 * for tables of applications, refuses them.
 *
 * @param {SqlDriverAdapter} adapter
 */
function readingCatalogue(adapter) {
  /** @type {WeakMap<SqlQuery, number[]>} */
  const characterColumns = new WeakMap();
  const inner = /** @type {{ performIO: PerformIo }} */ (/** @type {unknown} */ (adapter));
  const performIo = inner.performIO.bind(adapter);
  inner.performIO = async (query) => {
    const result = await performIo(query);
    characterColumns.set(
      query,
      result.fields.flatMap((field, at) => (field.dataTypeID === CHAR ? [at] : [])),
    );
    for (const field of result.fields) if (CATALOGUE_TYPES.has(field.dataTypeID)) field.dataTypeID = TEXT;
    return result;
  };
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const at of characterColumns.get(query) ?? []) result.columnTypes[at] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

/**
 * Lets Postgres itself take a script apart. The adapter cuts it at every semicolon, also at one in a comment or in
 * the body of a function.
 *
 * @param {import("@prisma/adapter-pg").PrismaPg extends { connect(): Promise<infer Adapter> } ? Adapter : never} adapter
 */
function runningWholeScripts(adapter) {
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
}

/**
 * Connections for the engine: to the database itself, and to shadow databases that are made for one comparison.
 *
 * The shadow is ours and not the adapter's: its own drops the database while its pool is still connected.
 *
 * @param {string} url
 */
export function engineConnections(url) {
  /** @param {string} database */
  const urlFor = (database) => Object.assign(new URL(url), { pathname: `/${encodeURIComponent(database)}` }).toString();
  /** @param {string} database */
  const connect = async (database) => {
    const target = new URL(urlFor(database));
    const config = {
      host: target.hostname,
      port: Number(target.port || 5432),
      user: decodeURIComponent(target.username),
      password: decodeURIComponent(target.password),
      database,
    };
    return readingCatalogue(runningWholeScripts(await new PrismaPg(config).connect()));
  };
  return bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(databaseOf(url)),
    connectToShadowDb: async () => {
      const shadow = `prisma_shadow_${randomUUID().replaceAll("-", "")}`;
      await createDatabase(urlFor(shadow));
      const adapter = await connect(shadow);
      const dispose = adapter.dispose.bind(adapter);
      adapter.dispose = async () => {
        await dispose();
        await dropDatabase(urlFor(shadow));
      };
      return adapter;
    },
  });
}
