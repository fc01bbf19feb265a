import { EventEmitter } from "node:events";
import type { Pool, PoolClient } from "pg";
import type { Gates } from "./gates.contract";

type Asked = string | { name?: string; text: string };
type Asker = { query(...given: unknown[]): Promise<unknown> };

/** What a gate is called, so that a trace can be read. */
function nameOf(asked: Asked): string {
  const text = typeof asked === "string" ? asked : (asked.name ?? asked.text);
  return text.trim().slice(0, 40).replaceAll(/\s+/g, " ");
}

export type GatedPool = {
  pool: Pool;
  /** Its connections break, as they do when a process dies: what it has not committed is rolled back. */
  sever(): void;
};

/** The pool of one process. Every statement passes a gate before it is sent and another before its answer is heard. */
export function gatedPool(pool: Pool, gates: Gates, who: string): GatedPool {
  const clients = new Set<PoolClient>();
  const reach = (asker: Asker, given: unknown[], breaks: boolean) =>
    gates.reach({ who, what: nameOf(given[0] as Asked), breaks }, () => asker.query(...given));

  async function connect(): Promise<PoolClient> {
    const real = await pool.connect();
    clients.add(real);
    return Object.assign(Object.create(real), {
      query: (...given: unknown[]) => reach(real as unknown as Asker, given, false),
      release(broken?: boolean) {
        clients.delete(real);
        real.release(broken);
      },
    });
  }

  return {
    pool: {
      query: (...given: unknown[]) => reach(pool as unknown as Asker, given, true),
      connect,
    } as unknown as Pool,
    sever() {
      for (const each of clients) each.release(true);
      clients.clear();
    },
  };
}

/** A connection that listens reaches nobody: what a process hears on it, the scheduler tells it. */
export function deafPool(pool: Pool): { pool: Pool; tell(payload: string): void; lose(): void } {
  let ears = new EventEmitter();

  async function connect(): Promise<PoolClient> {
    const own = new EventEmitter();
    let real: Promise<PoolClient> | null = null;
    const query = async (...given: [Asked]) => {
      if (nameOf(given[0]).startsWith("listen ")) ears = own;
      else {
        real ??= pool.connect();
        return ((await real) as unknown as Asker).query(...given);
      }
    };
    const release = (broken?: boolean) => void real?.then((client) => client.release(broken));
    return Object.assign(own, { query, release }) as unknown as PoolClient;
  }

  return {
    pool: Object.assign(Object.create(pool), { connect }),
    tell: (payload) => void ears.emit("notification", { payload }),
    lose: () => void (ears.listenerCount("error") > 0 && ears.emit("error", new Error("the connection broke"))),
  };
}
