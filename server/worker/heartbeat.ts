import type { Pool } from "pg";

const EVERY_MS = 5_000;

export type Heartbeat = { stop(): Promise<void> };

/** Says in the database that this process is alive, for /ready. Rows of processes long gone are cleared away. */
export async function startHeartbeat(pool: Pool, id: string, failed: (problem: unknown) => void): Promise<Heartbeat> {
  const beat = () => pool.query("update heartbeat set seen_at = now() where id = $1", [id]);
  await pool.query("delete from heartbeat where seen_at < now() - interval '1 hour'");
  await pool.query(
    `insert into heartbeat (id, started_at, seen_at) values ($1, now(), now())
     on conflict (id) do update set started_at = now(), seen_at = now()`,
    [id],
  );
  const timer = setInterval(() => {
    beat().catch(failed);
  }, EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await pool.query("delete from heartbeat where id = $1", [id]).catch(failed);
    },
  };
}
