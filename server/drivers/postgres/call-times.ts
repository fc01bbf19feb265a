import type { Pool } from "pg";
import type { OnDelivered } from "./carrying-out";

type Took = Parameters<OnDelivered>[0];

export type CallTimesOptions = {
  pool: Pool;
  /** Hears that some were not written. They are lost: they are there for screens alone. */
  failed(problem: unknown): void;
  beatMs?: number;
};

const BEAT_MS = 1_000;
/** Of each agent; screens look at the latest 100. */
const KEPT = 200;
const MOST_WAITING = 10_000;

/** Writes down how long calls took that delivered: together, at every beat, so that no call waits for it. */
export function callTimes({ pool, failed, beatMs = BEAT_MS }: CallTimesOptions) {
  let waiting: Took[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | null = null;

  /** One batch at a time: while the database hangs, what waits stays within its bound. */
  function write(): void {
    timer = undefined;
    if (writing || waiting.length === 0) return;
    const batch = waiting;
    waiting = [];
    writing = store(pool, batch)
      .catch(failed)
      .finally(() => {
        writing = null;
        if (waiting.length > 0) timer ??= setTimeout(write, beatMs);
      });
  }

  return {
    took(call: Took): void {
      if (waiting.length < MOST_WAITING) waiting.push(call);
      timer ??= setTimeout(write, beatMs);
    },
    async stop(): Promise<void> {
      await writing;
      clearTimeout(timer);
      write();
      await writing;
    },
  };
}

async function store(pool: Pool, batch: readonly Took[]): Promise<void> {
  const agents = batch.map(({ agent }) => agent);
  const times = batch.map(({ ms }) => Math.max(0, Math.round(ms)));
  await pool.query("insert into agent_call (agent, ms) select * from unnest($1::text[], $2::int[])", [agents, times]);
  await pool.query(
    `delete from agent_call c
      using unnest($1::text[]) called(agent),
            lateral (select o.id from agent_call o
                      where o.agent = called.agent order by o.id desc offset ${KEPT} limit 1) last
      where c.agent = called.agent and c.id <= last.id`,
    [[...new Set(agents)]],
  );
}
