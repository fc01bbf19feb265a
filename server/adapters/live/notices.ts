import { Client, type Notification } from "pg";

const RECONNECT_MS = 1_000;

/** What is heard: a notice, or that notices may have been missed because the connection was away. */
export type Ears = { heard(channel: string, payload: string): void; missed(): void };

/**
 * Hears what Postgres tells on some channels, on one connection for the whole process, opened when somebody first needs
 * it. A lost connection is opened again, and everybody is told that something may have been missed.
 */
export function notices(databaseUrl: string, channels: readonly string[], ears: Ears): { ready(): Promise<void> } {
  let listening: Promise<void> | null = null;
  let isFirst = true;

  async function listen(): Promise<void> {
    const client = new Client({ connectionString: databaseUrl, keepAlive: true });
    client.on("notification", ({ channel, payload }: Notification) => ears.heard(channel, payload ?? ""));
    client.on("error", lose);
    client.on("end", lose);
    await client.connect();
    for (const channel of channels) await client.query(`listen ${channel}`);
    if (!isFirst) ears.missed();
    isFirst = false;

    function lose() {
      client.removeAllListeners("end");
      void client.end().catch(() => undefined); // it is gone already
      listening = null;
      again();
    }
  }

  function ready(): Promise<void> {
    listening ??= listen().catch((fault) => {
      listening = null;
      again();
      throw fault;
    });
    return listening;
  }

  function again(): void {
    setTimeout(() => void ready().catch(() => undefined), RECONNECT_MS).unref(); // it tries again by itself
  }

  return { ready };
}
