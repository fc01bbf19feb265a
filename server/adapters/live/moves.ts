import type { Pool } from "pg";
import { type AccountId, RunId } from "@/flows/basics/ids";
import { bell } from "./bell";

export type RunMoved = { run: RunId; seq: number; status: string };
/** `behind`: more happened than is told one by one, or it was not heard; what is shown must be read anew. */
export type Move = RunMoved | { notices: true } | { behind: true };

type Listener = { owner: AccountId; add(move: RunMoved): void; addNotices(): void; fallBehind(): void };

const GATHER_MS = 30;
const MOST_WAITING = 200;

/** Tells moves of runs to those whom they concern: who pays for a run, and who is asked something by it. */
export function moveTeller(pool: Pool) {
  const listeners = new Set<Listener>();
  let gathered = new Map<RunId, RunMoved>();
  let _timer: NodeJS.Timeout | undefined;

  async function tell(): Promise<void> {
    _timer = undefined;
    const moves = gathered;
    gathered = new Map();
    const people = await concerned(pool, [...moves.keys()]);
    for (const listener of listeners)
      for (const [run, move] of moves) if (people.get(run)?.has(listener.owner)) listener.add(move);
  }

  function allBehind(): void {
    for (const listener of listeners) listener.fallBehind();
  }

  return {
    heard(moves: readonly RunMoved[]): void {
      if (listeners.size === 0) return;
      for (const move of moves) gathered.set(move.run, move);
      // Whom it concerned is not known any more when asking fails.
      _timer ??= setTimeout(() => void tell().catch(allBehind), GATHER_MS);
    },
    /** There are notices for somebody, or what became of them is known. */
    heardNotices(owner: string): void {
      for (const listener of listeners) if (listener.owner === owner) listener.addNotices();
    },
    missed: allBehind,
    async *moves(owner: AccountId, signal: AbortSignal): AsyncGenerator<Move> {
      const waiting = new Map<RunId, RunMoved>();
      const { ring, heard } = bell(signal);
      let isBehind = false;
      let hasNotices = false;
      const listener: Listener = {
        owner,
        add(move) {
          waiting.delete(move.run); // of each run the last move alone, in the order of the last moves
          waiting.set(move.run, move);
          if (waiting.size > MOST_WAITING) listener.fallBehind();
          ring();
        },
        addNotices() {
          hasNotices = true;
          ring();
        },
        fallBehind() {
          waiting.clear();
          isBehind = true;
          ring();
        },
      };
      function next(): Move | null {
        const [move] = waiting.values();
        if (isBehind) {
          isBehind = false;
          return { behind: true };
        }
        if (hasNotices) {
          hasNotices = false;
          return { notices: true };
        }
        if (move) waiting.delete(move.run);
        return move ?? null;
      }

      listeners.add(listener);
      try {
        while (!signal.aborted) {
          const move = next();
          if (move) yield move;
          else await heard();
        }
      } finally {
        listeners.delete(listener);
      }
    },
  };
}

export function readMoves(payload: string): RunMoved[] {
  return payload.split(",").flatMap((text) => {
    const [run, seq, status] = text.split(":");
    return run && seq && status ? [{ run: RunId.parse(run), seq: Number(seq), status }] : [];
  });
}

async function concerned(pool: Pool, runs: readonly RunId[]): Promise<Map<string, Set<string>>> {
  const { rows } = await pool.query<{ run: string; person: string }>(
    `select id as run, owner_id as person from run where id = any($1)
     union select q.run_id, s.person from question q, still_asked(q.operation) s where q.run_id = any($1)`,
    [runs],
  );
  const people = new Map<string, Set<string>>();
  for (const { run, person } of rows) people.set(run, (people.get(run) ?? new Set()).add(person));
  return people;
}
