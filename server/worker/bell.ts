import type { Pool, PoolClient } from "pg";

export type Bell = { stop(): void };

const RETRY_MS = 1_000;

/** What the database says when something is due: a trigger that was turned on or a run that ended, somebody to be told of something, and an intent for the chain. */
export type Channel = "trigger_due" | "notice_due" | "chain_intent";

/**
 * Rings when something was said, on one connection that is opened again when it breaks. What was said meanwhile is found
 * by whoever looks at intervals anyway.
 */
export async function listenFor<Rung extends Channel>(
  channels: readonly Rung[],
  pool: Pool,
  ring: (channel: Rung) => void,
): Promise<Bell> {
  const known = (name: string) => channels.find((channel) => channel === name);
  let client: PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function open(): Promise<void> {
    const opened = await pool.connect();
    if (stopped) return opened.release(true);
    client = opened;
    opened.on("notification", ({ channel }) => {
      const rung = known(channel);
      if (rung) ring(rung);
    });
    opened.once("error", () => lose(opened));
    await opened.query(channels.map((channel) => `listen ${channel}`).join("; ")).catch((problem) => {
      client = undefined;
      opened.release(true);
      throw problem;
    });
  }

  function lose(broken: PoolClient): void {
    if (client !== broken) return;
    client = undefined;
    broken.release(true);
    retry();
  }

  function retry(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      open().then(() => channels.forEach(ring), retry); // the database is away: whoever uses it for more than listening says so
    }, RETRY_MS);
  }

  await open();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      client?.removeAllListeners("notification");
      client?.release(true);
      client = undefined;
    },
  };
}
