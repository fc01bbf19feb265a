import { toStored } from "@/flows/plan/stored";
import { type Part, writeJournal } from "./journal-sql";
import type { Write } from "./journal-write";
import type { OutboxKey, Outgoing } from "./standing";

// Postgres refuses a notification of 8,000 bytes; ids are ASCII, and a line is an id, a number and a word.
const NOTICE_LIMIT = 7_400;
const NOTICE_REST = 24;

type Row = readonly unknown[];

/** The statement that writes these down, and what it is given: one array for each column of each part that has rows. */
export function journalWrite(writes: readonly Write[]): { name: string; text: string; values: unknown[] } {
  const rows = Object.entries(rowsOf(writes)) as [Part, Row[]][];
  const parts = rows.filter(([, each]) => each.length > 0);
  const names = parts.map(([part]) => part);
  const name = `write_journal_${rows.map(([, each]) => (each.length > 0 ? "1" : "0")).join("")}`;
  const text = texts.get(name) ?? writeJournal(names);
  texts.set(name, text);
  return { name, text, values: [...columnsOf(runsOf(writes)), ...parts.flatMap(([, each]) => columnsOf(each))] };
}

const texts = new Map<string, string>();

function runsOf(writes: readonly Write[]): Row[] {
  const chunks = chunksOf(writes);
  return writes.map((write, place) => {
    const { run, token, seqBefore, seqAfter, status, spent, outcome, finishedAtMs, parks } = write;
    const fence = [run, String(token), seqBefore];
    const wakeAtMs = parks?.wakeAtMs ?? null;
    return [...fence, seqAfter, status, String(spent), outcome, finishedAtMs, parks !== null, wakeAtMs, chunks[place]];
  });
}

/** The rows of each part, in the order of its columns. */
function rowsOf(writes: readonly Write[]): Record<Part, Row[]> {
  const every = (rows: (write: Write) => Iterable<Row>) => writes.flatMap((write) => [...rows(write)]);
  return {
    events: every(({ run, events }) => events.map(({ seq, event, atMs }) => [run, seq, event, atMs])),
    snapshots: every(({ run, seqAfter, snapshot }) => (snapshot === null ? [] : [[run, seqAfter, snapshot]])),
    dropped: every(({ run, drop }) => [...drop].map((key) => [run, ...splitKey(key)])),
    put: every(({ run, put }) =>
      [...put].map(([key, outgoing]) => {
        const { command, sent } = outgoing;
        return [run, ...splitKey(key), toStored(command), dueMs(outgoing), sent];
      }),
    ),
    letters: every(({ run, mail, dead }) =>
      [...mail, ...dead.map(({ mail }) => mail)].map((letter) => [run, String(letter)]),
    ),
    buried: every(({ run, dead }) => dead.map(({ mail, cause }) => [run, String(mail), cause])),
    receipts: every(({ run, receipts }) =>
      receipts.map(({ place, body, hash, signature, keyId }) => [run, place, body, hash, signature, keyId]),
    ),
    settled: every(({ run, settled }) =>
      settled.map(({ operation, state, answer, by, atMs }) => [run, operation, state, answer, by, atMs]),
    ),
  };
}

/** When a command is due: a timer and a call that waits for its turn have a time, everything else is due at once. */
function dueMs({ command, notBeforeMs }: Outgoing): number | null {
  return command.do === "start_timer" ? command.atMs : (notBeforeMs ?? null);
}

/** The two columns that a key is made of. */
function splitKey(key: OutboxKey): [kind: string, operation: string] {
  const space = key.indexOf(" ");
  return [key.slice(0, space), key.slice(space + 1)];
}

function columnsOf(rows: readonly Row[]): unknown[][] {
  return (rows[0] ?? []).map((_, column) => rows.map((row) => row[column]));
}

/** Numbers the notices that the writes go out in, so that none is longer than Postgres takes. */
function chunksOf(writes: readonly Write[]): number[] {
  let chunk = 0;
  let length = 0;
  return writes.map(({ run }) => {
    length += run.length + NOTICE_REST;
    if (length > NOTICE_LIMIT) {
      chunk += 1;
      length = run.length + NOTICE_REST;
    }
    return chunk;
  });
}
