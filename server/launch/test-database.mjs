import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "./migrate.mjs";
import { startPostgres } from "./postgres.mjs";

/**
 * A real Postgres in a temporary folder, for one integration test file. It is gone with the test's process.
 *
 * @typedef {object} TestDatabase
 * @property {string} url a migrated database
 * @property {import("./postgres.mjs").Postgres} postgres the one that runs now, to be killed
 * @property {(name: string) => Promise<string>} fresh makes another migrated database and returns its address
 * @property {() => Promise<import("./postgres.mjs").Postgres>} restart starts it again on the same port and data
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<TestDatabase>} */
export async function startTestDatabase() {
  const root = mkdtempSync(join(tmpdir(), "studio-test-"));
  const dir = join(root, "postgres");
  let postgres = await startPostgres({ dir });
  await migrate(postgres.url);
  return {
    url: postgres.url,
    get postgres() {
      return postgres;
    },
    async fresh(name) {
      const url = await postgres.createDatabase(name);
      await migrate(url);
      return url;
    },
    async restart() {
      postgres = await startPostgres({ dir, port: postgres.port });
      return postgres;
    },
    async stop() {
      await postgres.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
