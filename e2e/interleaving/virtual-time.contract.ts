import { Pool } from "pg";
import { vi } from "vitest";
import type { Cluster } from "@/server/drivers/postgres/fresh-database.contract";

/** Every seed begins at the same moment, so that it comes to the same timers. Units: milliseconds since the epoch. */
export const BEGIN_MS = Date.UTC(2026, 0, 1);

/** One clock for the processes and for their database: it stands still until somebody moves it. */
export type VirtualTime = {
  pool: Pool;
  reset(): Promise<void>;
  /** Lets timers fire whose time comes meanwhile. */
  pass(ms: number): Promise<void>;
  /** Passes the time until the next timer. */
  passToNextTimer(): Promise<void>;
};

/** Postgres looks for `now()` in our schema before its own, and finds a clock that is a sequence: to move it is cheap. */
const CLOCK = `
  create sequence clock_ms start ${BEGIN_MS};
  create schema virtual;
  create function virtual.now() returns timestamptz language sql stable
    as $$ select timestamptz 'epoch' + last_value * interval '1 millisecond' from public.clock_ms $$;
  alter table run_inbox alter column created_at set default virtual.now();`;
/** Nothing here has to outlive the machine: a thousand commits a second matter more. */
const HASTE = ["fsync = off", "full_page_writes = off", "autovacuum = off"];
const SESSION = [
  "search_path=virtual,pg_catalog,public",
  "synchronous_commit=off",
  "plan_cache_mode=force_generic_plan",
];

export async function virtualTime(cluster: Cluster): Promise<VirtualTime> {
  const { url, pool: plain } = await cluster.database();
  await plain.query(CLOCK);
  for (const setting of HASTE) await plain.query(`alter system set ${setting}`);
  await plain.query("select pg_reload_conf()");
  const options = SESSION.map((setting) => `-c ${setting}`).join(" ");
  const pool = new Pool({ connectionString: url, max: 12, idleTimeoutMillis: 0, options });
  pool.on("error", () => undefined); // nobody is left to hear it
  await pool.query("select 1"); // connected before the timers are ours
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], now: BEGIN_MS });

  const tell = async () =>
    void (await pool.query({ name: "tell", text: "select setval('clock_ms', $1)", values: [Date.now()] }));
  return {
    pool,
    async reset() {
      vi.clearAllTimers();
      vi.setSystemTime(BEGIN_MS);
      await tell();
    },
    async pass(ms) {
      vi.advanceTimersByTime(ms);
      await tell();
    },
    async passToNextTimer() {
      vi.advanceTimersToNextTimer();
      await tell();
    },
  };
}
