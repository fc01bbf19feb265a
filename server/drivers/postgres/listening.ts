import type { Pool, PoolClient } from "pg";

export type Listening = { stop(): void };
type Ears = { onMail(run: string): void; onBack(): void; onLost(problem: Error): void };

const RETRY_MS = 500;

/**
 * Hears that mail has come. A connection of its own, made again when it breaks; `onBack` is told then, because what was
 * said in between was said to nobody.
 */
export async function listen(pool: Pool, ears: Ears): Promise<Listening> {
  let client: PoolClient | undefined;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function open(): Promise<void> {
    const opened = await pool.connect();
    if (stopped) return opened.release(true);
    client = opened;
    opened.on("notification", ({ payload }) => ears.onMail(payload ?? ""));
    opened.once("error", (problem) => lose(opened, problem));
    await opened.query("listen run_mail");
  }

  function lose(broken: PoolClient, problem: Error): void {
    if (client !== broken) return;
    client = undefined;
    broken.release(true);
    if (stopped) return;
    ears.onLost(problem);
    retry();
  }

  function retry(): void {
    timer = setTimeout(() => {
      open().then(ears.onBack, () => {
        if (!stopped) retry(); // the database is away; whoever uses it for more than listening says so
      });
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
