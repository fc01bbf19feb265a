import type { Pool, PoolClient } from "pg";

export type Bell = { stop(): void };

const RETRY_MS = 1_000;

/**
 * Rings when a trigger was turned on or a run told of its end, on one connection that is opened again when it breaks.
 * What was said meanwhile is found by whoever looks at intervals anyway.
 */
export async function listenForTriggers(pool: Pool, ring: () => void): Promise<Bell> {
  let client: PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function open(): Promise<void> {
    const opened = await pool.connect();
    if (stopped) return opened.release(true);
    client = opened;
    opened.on("notification", ring);
    opened.once("error", () => lose(opened));
    await opened.query("listen trigger_due").catch((problem) => {
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
