import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";
import { journalWrite } from "./journal-values";
import type { Write, Written } from "./journal-write";
import { isCollision, isMachineTrouble } from "./trouble";

/** Told before and after each journal commit; tests kill processes here. */
export type OnCommit = (commit: { when: "before" | "after"; runs: readonly RunId[]; events: number }) => Promise<void>;

export type Committer = { commit(write: Write): Promise<Written> };

type Waiting = { write: Write; resolve(written: Written): void; reject(problem: unknown): void };
type CommitterOptions = { pool: Pool; onCommit?: OnCommit | undefined };

const BATCH = 128;

/**
 * Commits the writes of many runs together: whatever has gathered while one commit was under way goes into the next.
 * A write that the database refuses is found by halving its batch, and fails alone.
 */
export function committer({ pool, onCommit }: CommitterOptions): Committer {
  const queue: Waiting[] = [];
  let committing = false;

  async function drain(): Promise<void> {
    while (queue.length > 0) await settle(nextBatch());
    committing = false;
  }

  /**
   * One write a run: whoever lost its lease may still be writing beside its successor, and what is written of a run goes
   * by its id once the fence has let it through.
   */
  function nextBatch(): Waiting[] {
    const [batch, later]: [Waiting[], Waiting[]] = [[], []];
    const runs = new Set<RunId>();
    for (const each of queue.splice(0)) {
      const fits = batch.length < BATCH && !runs.has(each.write.run);
      runs.add(each.write.run);
      (fits ? batch : later).push(each);
    }
    queue.push(...later);
    return batch;
  }

  async function settle(batch: readonly Waiting[]): Promise<void> {
    const writes = batch.map((each) => each.write);
    const outcome = await write(writes).catch((problem: unknown) => ({ problem }));
    if (!("problem" in outcome)) tell(batch, outcome);
    else if (isCollision(outcome.problem)) await settle(batch);
    else if (isMachineTrouble(outcome.problem)) refuse(batch, outcome.problem);
    else await halve(batch, outcome.problem);
  }

  /** Where more waits, the database is given that first: it works on it while the runs of this batch go on. */
  function tell(batch: readonly Waiting[], outcome: ReadonlyMap<RunId, Written>): void {
    const answer = () => {
      for (const { write, resolve } of batch) resolve(outcome.get(write.run) ?? { kept: false });
    };
    if (queue.length > 0) setImmediate(answer);
    else answer();
  }

  async function halve(batch: readonly Waiting[], problem: unknown): Promise<void> {
    if (batch.length === 1) return refuse(batch, problem);
    const half = Math.ceil(batch.length / 2);
    await settle(batch.slice(0, half));
    await settle(batch.slice(half));
  }

  function refuse(batch: readonly Waiting[], problem: unknown): void {
    for (const { reject } of batch) reject(problem);
  }

  async function write(writes: readonly Write[]): Promise<ReadonlyMap<RunId, Written>> {
    const told = {
      runs: writes.map(({ run }) => run),
      events: writes.reduce((sum, { events }) => sum + events.length, 0),
    };
    await onCommit?.({ when: "before", ...told });
    const { rows } = await pool.query<{ id: RunId; mail_waits: boolean }>(journalWrite(writes));
    await onCommit?.({ when: "after", ...told });
    return new Map(rows.map(({ id, mail_waits }) => [id, { kept: true, mailWaits: mail_waits }]));
  }

  return {
    commit: (write) =>
      new Promise((resolve, reject) => {
        queue.push({ write, resolve, reject });
        if (committing) return;
        committing = true;
        // Runs that were moved by the same answer from the database get into the same batch.
        setImmediate(() => void drain());
      }),
  };
}
