import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { startPostgres } from "@/server/launch/postgres.mjs";
import { copyReadyCluster, TEMPLATE } from "./ready-cluster.contract";

export type Cluster = {
  /** A migrated database of its own, and a pool on it, which `stop` ends unless its user has. */
  database(): Promise<{ url: string; pool: Pool }>;
  postgres: Awaited<ReturnType<typeof startPostgres>>;
  stop(): Promise<void>;
};

/** A real Postgres in a folder that goes away with it: one for each test file, one database for each suite. */
export async function startCluster(): Promise<Cluster> {
  const dir = mkdtempSync(join(tmpdir(), "studio-postgres-"));
  await copyReadyCluster(dir);
  const postgres = await startPostgres({ dir: join(dir, "data") });
  const pools: Pool[] = [];
  return {
    postgres,
    async database() {
      const url = await postgres.createDatabase(`test_${randomUUID().replaceAll("-", "")}`, { like: TEMPLATE });
      const pool = new Pool({ connectionString: url, max: 8, idleTimeoutMillis: 1_000 }); // a server has a hundred connections
      pool.on("error", () => undefined); // a test that kills the server breaks idle connections too
      pools.push(pool);
      return { url, pool };
    },
    async stop() {
      await Promise.all(pools.filter(({ ending }) => !ending).map((pool) => pool.end()));
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
