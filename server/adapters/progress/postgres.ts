import type { Pool } from "pg";
import type { OperationId } from "@/flows/basics/ids";
import { heard, NOTHING_TOLD, type ProgressPort, type Told } from "@/flows/ports/progress";

export type PostgresProgressOptions = {
  pool: Pool;
  /** Hears that something was not written. It is tried again; what is lost of it is lost. */
  failed(problem: unknown): void;
};

/** `start`: how much of the text stands in rows that are full. `isNew`: nothing of this opening is written yet. */
type Opening = { told: Told; start: number; isNew: boolean; isChanged: boolean };

const BEAT_MS = 100; // so that nobody is told of an operation more than ten times a second
const AFTER_FAULT_MS = 1_000;
const SWEEP_MS = 60_000;
const AT_ONCE = 100; // a notice holds 8,000 bytes, and the id of a run has up to 64
const FULL_ROW = 1_024;

/**
 * Progress as rows, from which open screens are told: written together at every beat, with one notice for all of them.
 * The last row of a text is written over until it is full, so that little is sent again and few rows are kept.
 */
export function postgresProgress({ pool, failed }: PostgresProgressOptions): ProgressPort & { stop(): void } {
  const openings = new Map<OperationId, Opening>();
  const gone = new Set<OperationId>();
  let [isWriting, isStopped] = [false, false];
  let timer: NodeJS.Timeout | undefined;
  const sweeping = setInterval(() => void sweep(pool).catch(failed), SWEEP_MS);
  sweeping.unref();

  function beat(ms = BEAT_MS): void {
    if (isStopped || isWriting) return;
    timer ??= setTimeout(() => void write(), ms);
  }

  function forget(operation: OperationId): void {
    gone.add(operation);
    beat();
  }

  async function write(): Promise<void> {
    timer = undefined;
    isWriting = true;
    const batch = take();
    const isWritten = await tried(store(pool, batch));
    for (const { opening, text } of batch.rows) settle(opening, text.length, isWritten);
    if (isWritten) for (const operation of batch.deleted) gone.delete(operation);
    isWriting = false;
    const isMore = gone.size > 0 || [...openings.values()].some(({ isChanged }) => isChanged);
    if (isMore) beat(isWritten ? BEAT_MS : AFTER_FAULT_MS);
  }

  function take(): Batch {
    const changed = [...openings].filter(([, { isChanged }]) => isChanged).slice(0, AT_ONCE);
    for (const [operation, opening] of changed) {
      opening.isChanged = false;
      gone.delete(operation); // it is opened again: what is written now takes the place of what was
    }
    return { rows: changed.map(([operation, opening]) => rowOf(operation, opening)), deleted: [...gone] };
  }

  async function tried(writing: Promise<void>): Promise<boolean> {
    try {
      await writing;
      return true;
    } catch (problem) {
      failed(problem);
      return false;
    }
  }

  return {
    open(operation) {
      const mine: Opening = { told: NOTHING_TOLD, start: 0, isNew: true, isChanged: false };
      if (openings.has(operation)) forget(operation);
      openings.set(operation, mine);
      return {
        tell(report) {
          if (openings.get(operation) !== mine) return;
          mine.told = heard(mine.told, report);
          mine.isChanged = true;
          beat();
        },
        close() {
          if (openings.get(operation) !== mine) return;
          openings.delete(operation);
          if (mine.isNew && !isWriting) return; // nobody was told anything
          forget(operation);
        },
      };
    },
    stop() {
      isStopped = true;
      clearInterval(sweeping);
      clearTimeout(timer);
    },
  };
}

type Row = { operation: OperationId; opening: Opening; start: number; text: string; told: Told };
type Batch = { rows: readonly Row[]; deleted: readonly OperationId[] };

function rowOf(operation: OperationId, opening: Opening): Row {
  const { told, start } = opening;
  return { operation, opening, start, text: told.text.slice(start), told };
}

function settle(opening: Opening, length: number, isWritten: boolean): void {
  if (!isWritten) opening.isChanged = true;
  else {
    opening.isNew = false;
    if (length >= FULL_ROW) opening.start += length;
  }
}

/**
 * Rows are read in the order of `n`, and one that stands at 0 takes the place of all before it: so what an earlier
 * opening left is not seen any more. It goes when the operation is closed.
 */
const STORE = `
with gone as (
  delete from run_progress where operation = any($1::text[])
), written as (
  insert into run_progress (operation, run_id, start, text, done, message)
  select * from unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::float8[], $7::text[])
  on conflict (operation, start)
  do update set n = excluded.n, text = excluded.text, done = excluded.done, message = excluded.message
  returning run_id
)
select pg_notify('run_progress', string_agg(distinct run_id, ',')) from written having count(*) > 0`;

async function store(pool: Pool, { rows, deleted }: Batch): Promise<void> {
  if (rows.length + deleted.length === 0) return;
  const columns = [
    rows.map(({ operation }) => operation),
    rows.map(({ operation }) => operation.slice(0, operation.indexOf("/"))), // the run that it is of
    rows.map(({ start }) => start),
    rows.map(({ text }) => text),
    rows.map(({ told }) => told.done),
    rows.map(({ told }) => told.message),
  ];
  await pool.query({ name: "store_progress", text: STORE, values: [deleted, ...columns] });
}

/** What a worker left behind that fell: nothing is said of a run that has ended. */
async function sweep(pool: Pool): Promise<void> {
  await pool.query(
    `delete from run_progress p
      where not exists (select from run r where r.id = p.run_id and r.finished_at is null)`,
  );
}
