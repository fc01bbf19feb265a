import { toStored } from "@/flows/plan/stored";
import type { Write } from "./journal-write";
import type { OutboxKey, Outgoing } from "./standing";

// Postgres refuses a notification of 8,000 bytes; ids are ASCII, and a line is an id, a number and a word.
const NOTICE_LIMIT = 7_400;
const NOTICE_REST = 24;

/** The arrays of WRITE_JOURNAL, in the order of its parameters. */
export function journalValues(writes: readonly Write[]): unknown[] {
  const chunks = chunksOf(writes);
  const events = writes.flatMap(({ run, events }) => events.map((each) => ({ run, ...each })));
  const snapshots = writes.flatMap(({ run, seqAfter, snapshot }) =>
    snapshot === null ? [] : [{ run, seqAfter, snapshot }],
  );
  const dropped = writes.flatMap(({ run, drop }) => [...drop].map((key) => ({ run, ...rowOf(key) })));
  const put = writes.flatMap(({ run, put }) =>
    [...put].map(([key, outgoing]) => ({ run, ...rowOf(key), ...outgoing })),
  );
  const dead = writes.flatMap(({ run, dead }) => dead.map((each) => ({ run, ...each })));
  const mail = writes.flatMap(({ run, mail }) => mail.map((letter) => ({ run, letter })));
  const receipts = writes.flatMap(({ run, receipts }) => receipts.map((each) => ({ run, ...each })));
  const settled = writes.flatMap(({ run, settled }) => settled.map((each) => ({ run, ...each })));
  return [
    writes.map(({ run }) => run),
    writes.map(({ token }) => String(token)),
    writes.map(({ seqBefore }) => seqBefore),
    writes.map(({ seqAfter }) => seqAfter),
    writes.map(({ status }) => status),
    writes.map(({ spent }) => String(spent)),
    writes.map(({ outcome }) => outcome),
    writes.map(({ finishedAtMs }) => finishedAtMs),
    writes.map(({ parks }) => parks !== null),
    writes.map(({ parks }) => parks?.wakeAtMs ?? null),
    chunks,
    ...columns(events, ["run", "seq", "event", "atMs"]),
    ...columns(snapshots, ["run", "seqAfter", "snapshot"]),
    ...columns(dropped, ["run", "kind", "operation"]),
    ...columns(put, ["run", "kind", "operation"]),
    put.map(({ command }) => toStored(command)),
    put.map(dueMs),
    put.map(({ sent }) => sent),
    mail.map(({ run }) => run),
    mail.map(({ letter }) => String(letter)),
    ...columns(receipts, ["run", "place", "body", "hash", "signature", "keyId"]),
    ...columns(settled, ["run", "operation", "state", "answer", "by", "atMs"]),
    dead.map(({ run }) => run),
    dead.map(({ mail }) => String(mail)),
    dead.map(({ cause }) => cause),
  ];
}

/** When a command is due: a timer and a call that waits for its turn have a time, everything else is due at once. */
function dueMs({ command, notBeforeMs }: Outgoing): number | null {
  return command.do === "start_timer" ? command.atMs : (notBeforeMs ?? null);
}

/** The two columns that a key is made of. */
function rowOf(key: OutboxKey): { kind: string; operation: string } {
  const space = key.indexOf(" ");
  return { kind: key.slice(0, space), operation: key.slice(space + 1) };
}

function columns<T, K extends keyof T>(rows: readonly T[], names: readonly K[]): T[K][][] {
  return names.map((name) => rows.map((row) => row[name]));
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
