import { EventEmitter, on } from "node:events";
import { Client, type Notification, type Pool } from "pg";
import { type AccountId, RunId } from "@/flows/basics/ids";

export type RunMoved = { run: RunId; seq: number; status: string };
type Told = { move: RunMoved; people: ReadonlySet<string> };

const RECONNECT_MS = 1_000;

/**
 * Hears from Postgres which runs moved, on one connection for the whole process, and tells those whom it concerns:
 * who pays for a run and who is asked something by it. A lost connection is opened again; a screen reads anew when its
 * own stream reconnects, so a move that was missed in between is seen late, never lost.
 */
export function postgresMoves({ pool, databaseUrl }: { pool: Pool; databaseUrl: string }) {
  const told = new EventEmitter().setMaxListeners(0);
  let listening: Promise<void> | null = null;

  async function listen(): Promise<void> {
    const client = new Client({ connectionString: databaseUrl, keepAlive: true });
    client.on("notification", ({ payload }: Notification) => void tell(payload ?? "").catch(lose));
    client.on("error", lose);
    client.on("end", lose);
    await client.connect();
    await client.query("listen run_moved");

    function lose() {
      client.removeAllListeners("end");
      void client.end().catch(() => undefined); // it is gone already
      listening = null;
      setTimeout(() => void ensure().catch(() => undefined), RECONNECT_MS).unref(); // ensure tries again by itself
    }
  }

  function ensure(): Promise<void> {
    listening ??= listen().catch((fault) => {
      listening = null;
      setTimeout(() => void ensure().catch(() => undefined), RECONNECT_MS).unref();
      throw fault;
    });
    return listening;
  }

  async function tell(payload: string): Promise<void> {
    if (told.listenerCount("moved") === 0) return;
    const moves = payload.split(",").flatMap(readMove);
    const people = await concerned(
      pool,
      moves.map(({ run }) => run),
    );
    for (const move of moves) told.emit("moved", { move, people: people.get(move.run) ?? new Set() } satisfies Told);
  }

  return {
    async *moves(owner: AccountId, signal: AbortSignal): AsyncGenerator<RunMoved> {
      const heard = on(told, "moved", { signal });
      await ensure();
      try {
        for await (const [{ move, people }] of heard as AsyncIterable<[Told]>) if (people.has(owner)) yield move;
      } catch (fault) {
        if (!signal.aborted) throw fault; // the reader has gone; that is how a stream ends
      }
    },
  };
}

function readMove(text: string): RunMoved[] {
  const [run, seq, status] = text.split(":");
  return run && seq && status ? [{ run: RunId.parse(run), seq: Number(seq), status }] : [];
}

async function concerned(pool: Pool, runs: readonly RunId[]): Promise<Map<string, Set<string>>> {
  const { rows } = await pool.query<{ run: string; person: string }>(
    `select id as run, owner_id as person from run where id = any($1)
     union select run_id, unnest(approvers) from question where run_id = any($1)`,
    [runs],
  );
  const people = new Map<string, Set<string>>();
  for (const { run, person } of rows) people.set(run, (people.get(run) ?? new Set()).add(person));
  return people;
}
