import { setTimeout as pause, setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { OperationId, RunId } from "@/flows/basics/ids";

/** How far somebody has read a run: its last event, and the last that was said of its calls. */
export type Place = { run: RunId; seq: number; said: number };

/** `event` is as it is journalled. */
export type Entry = { seq: number; event: string };

/** The text of a call from its character `start` on; what stood there before is replaced. */
export type Said = {
  n: number;
  operation: OperationId;
  start: number;
  text: string;
  done: number | null;
  message: string | null;
};

/** `isMore`: it is a page of it. `isOver`: the run has ended and this is all of it. */
export type News = { entries: readonly Entry[]; said: readonly Said[]; isMore: boolean; isOver: boolean };

type Asked = { place: Place; read: Promise<News>; resolve(news: News): void; reject(problem: unknown): void };

const PACE_MS = 50;
const AT_ONCE = 200;
const ENTRIES = 200;
const SAID = 50; // each up to 64 Ki characters

/**
 * Reads what is new of many runs for all who ask, in two queries at a time and twenty times a second at most. Two who
 * stand at the same place are one question.
 */
export function newsReader(pool: Pool): (place: Place) => Promise<News> {
  const waiting = new Map<string, Asked>();
  let isReading = false;

  async function readAll(): Promise<void> {
    isReading = true;
    await setImmediate(); // all whom one notice wakes get into the same reading
    while (waiting.size > 0) {
      const asked = [...waiting.values()].slice(0, AT_ONCE);
      for (const { place } of asked) waiting.delete(keyOf(place));
      await read(pool, asked).catch((problem) => {
        for (const { reject } of asked) reject(problem);
      });
      await pause(PACE_MS);
    }
    isReading = false;
  }

  return (place) => {
    const same = waiting.get(keyOf(place));
    if (same) return same.read;
    const asked = askedFor(place);
    waiting.set(keyOf(place), asked);
    if (!isReading) void readAll();
    return asked.read;
  };
}

function keyOf({ run, seq, said }: Place): string {
  return `${run} ${seq} ${said}`;
}

function askedFor(place: Place): Asked {
  let [resolve, reject]: [Asked["resolve"], Asked["reject"]] = [() => undefined, () => undefined];
  const read = new Promise<News>((...settle) => {
    [resolve, reject] = settle;
  });
  return { place, read, resolve, reject };
}

// One row at least for each who asks, so that the end of a run is seen with the events before it.
const JOURNAL = `
select w.at, r.finished_at is not null as ended, r.seq as last, e.seq, e.event
  from unnest($1::text[], $2::int[]) with ordinality as w(run, seq, at) join run r on r.id = w.run
  left join lateral (
    select e.seq, e.event from run_event e where e.run_id = w.run and e.seq > w.seq order by e.seq limit ${ENTRIES}
  ) e on true
 order by w.at, e.seq`;

const SAYINGS = `
select w.at, p.n::float8 as n, p.operation, p.start, p.text, p.done, p.message
  from unnest($1::text[], $2::bigint[]) with ordinality as w(run, said, at)
  join lateral (
    select * from run_progress p where p.run_id = w.run and p.n > w.said order by p.n limit ${SAID}
  ) p on true
 order by w.at, p.n`;

type JournalRow = { at: string; ended: boolean; last: number; seq: number | null; event: string };
type SaidRow = Said & { at: string };

async function read(pool: Pool, asked: readonly Asked[]): Promise<void> {
  const runs = asked.map(({ place }) => place.run);
  const [journal, sayings] = await Promise.all([
    pool.query<JournalRow>({
      name: "news_journal",
      text: JOURNAL,
      values: [runs, asked.map(({ place }) => place.seq)],
    }),
    pool.query<SaidRow>({ name: "news_said", text: SAYINGS, values: [runs, asked.map(({ place }) => place.said)] }),
  ]);
  const entries = byPlace(journal.rows);
  const said = byPlace(sayings.rows);
  for (const [at, { place, resolve }] of asked.entries())
    resolve(
      newsOf(
        place,
        entries.get(at + 1) ?? [],
        (said.get(at + 1) ?? []).map(({ at: _, ...each }) => each),
      ),
    );
}

function byPlace<Row extends { at: string }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const at = Number(row.at);
    const group = groups.get(at);
    if (group) group.push(row);
    else groups.set(at, [row]);
  }
  return groups;
}

function newsOf(place: Place, rows: readonly JournalRow[], said: readonly Said[]): News {
  const entries = rows.flatMap(({ seq, event }) => (seq === null ? [] : [{ seq, event }]));
  const isMore = entries.length === ENTRIES || said.length === SAID;
  const [run] = rows;
  const isOver = !run || (run.ended && (entries.at(-1)?.seq ?? place.seq) >= run.last);
  return { entries, said, isMore, isOver };
}
