import type { Pool, PoolClient } from "pg";

export type Bell = { stop(): void };

const RETRY_MS = 1_000;

/** What the database says when something is due: a trigger that was turned on or a run that ended, and an intent for the chain. */
type Channel = "trigger_due" | "chain_intent";

/**
 * Rings when something was said, on one connection that is opened again when it breaks. What was said meanwhile is found
 * by whoever looks at intervals anyway.
 */
export async function listenFor(channel: Channel, pool: Pool, ring: () => void): Promise<Bell> {
  let client: PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function open(): Promise<void> {
    const opened = await pool.connect();
    if (stopped) return opened.release(true);
    client = opened;
    opened.on("notification", ring);
    opened.once("error", () => lose(opened));
    await opened.query(`listen ${channel}`).catch((problem) => {
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
      open().then(ring, retry); // the database is away: whoever uses it for more than listening says so
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
