import type { OperationId } from "@/flows/basics/ids";
import { toStored } from "@/flows/plan/stored";
import { writeSnapshot } from "@/flows/run/snapshot";
import type { RunState } from "@/flows/run/state";
import { statusOf } from "@/flows/run/status";
import type { Advance } from "./advance";
import { type Delay, isDelayed } from "./delays";
import type { Write } from "./journal-write";
import type { Dead } from "./mail";
import {
  isEffect,
  isSaidByState,
  type Outbox,
  type OutboxKey,
  type Outgoing,
  outboxKey,
  type Standing,
} from "./standing";
import { earliestDue } from "./timers";

const SNAPSHOT_EVERY = 64;
/** A map keeps what each round came to. To write a large state as often as a small one would cost more at each round. */
const SNAPSHOT_CHARACTERS_AN_EVENT = 64;
/** A run that waits for less than this stays in memory: to park and to take it up again would cost more. */
const WORTH_PARKING_MS = 1_500;

/** What goes to the database beside an advance. `done` are commands that were carried out and have no event. */
export type Beside = {
  token: bigint;
  mail: readonly bigint[];
  done: readonly OutboxKey[];
  marks: readonly OutboxKey[];
  /** Calls that wait for their turn or for their run, and those that do not any more. */
  delays: ReadonlyMap<OutboxKey, Delay>;
  dead: readonly Dead[];
  /** Questions to take back that no state knows of any more. */
  strays: readonly OperationId[];
  /** Whether more is coming that keeps the run in memory, whatever the outbox says. */
  busy: boolean;
  nowMs: number;
};

/** The write, and the outbox as it is once the write is committed, with what is new in it. */
export type Prepared = { write: Write; outbox: Outbox; put: readonly OutboxKey[] };

/** Null when there is nothing to write. */
export function prepare(standing: Standing, advanced: Advance, beside: Beside): Prepared | null {
  const { put, drop } = withoutEvents(standing.outbox, advanced, beside);
  const outbox = merged(standing.outbox, put, drop);
  const parks = parking(outbox, beside, advanced.state);
  const empty = advanced.events.length + beside.mail.length + beside.dead.length + put.size + drop.size === 0;
  if (empty && !parks) return null;

  const { state, seq } = advanced;
  const since = seq - standing.snapshotSeq;
  const rest = Math.max(SNAPSHOT_EVERY, standing.snapshotSize / SNAPSHOT_CHARACTERS_AN_EVENT);
  const due = since >= rest || (parks !== null && since > 0);
  const finished = state?.phase.in === "finished";
  const write: Write = {
    run: standing.run,
    token: beside.token,
    seqBefore: standing.seq,
    seqAfter: seq,
    status: state ? statusOf(state) : "queued",
    spent: state?.spent.amount ?? 0n,
    outcome: finished && state.ending ? toStored(state.ending) : null,
    finishedAtMs: finished ? advanced.lastAtMs : null,
    parks,
    events: advanced.events,
    receipts: advanced.receipts,
    settled: advanced.settled,
    snapshot: due && state ? writeSnapshot(state) : null,
    ...rowsOf(standing.outbox, { put, drop }),
    mail: beside.mail,
    dead: beside.dead,
  };
  return { write, outbox, put: [...put.keys()] };
}

type Changes = { put: ReadonlyMap<OutboxKey, Outgoing>; drop: ReadonlySet<OutboxKey> };

/** Of the outbox's changes, those that the database hears of: what the state says by itself has no row. */
function rowsOf(before: Outbox, { put, drop }: Changes): Pick<Write, "put" | "drop"> {
  const hadRow = (key: OutboxKey) => {
    const outgoing = before.get(key);
    return outgoing !== undefined && !isSaidByState(outgoing);
  };
  const [withRow, without] = [new Map<OutboxKey, Outgoing>(), [...drop]];
  for (const [key, outgoing] of put)
    if (isSaidByState(outgoing)) without.push(key);
    else withRow.set(key, outgoing);
  return { put: withRow, drop: new Set(without.filter(hadRow)) };
}

/** Adds to the outbox's changes those that no event stands for. */
function withoutEvents(outbox: Outbox, advanced: Advance, { done, marks, delays, strays }: Beside) {
  const put = new Map(advanced.put);
  const drop = new Set(advanced.drop);
  for (const key of done) {
    put.delete(key);
    if (outbox.has(key)) drop.add(key);
  }
  for (const key of marks) {
    const waiting = outbox.get(key);
    if (waiting && !drop.has(key)) put.set(key, { ...waiting, sent: true });
  }
  for (const [key, delay] of delays) {
    const waiting = put.get(key) ?? outbox.get(key);
    if (waiting && !drop.has(key)) put.set(key, delayed(waiting, delay));
  }
  for (const operation of strays)
    put.set(outboxKey("withdraw", operation), { command: { do: "withdraw", operation }, sent: false });
  return { put, drop };
}

function delayed({ command }: Outgoing, { notBeforeMs, sent }: Delay): Outgoing {
  return notBeforeMs === null ? { command, sent } : { command, sent, notBeforeMs };
}

function merged(outbox: Outbox, put: ReadonlyMap<OutboxKey, Outgoing>, drop: ReadonlySet<OutboxKey>): Outbox {
  if (put.size + drop.size === 0) return outbox;
  const next = new Map(outbox);
  for (const key of drop) next.delete(key);
  for (const [key, outgoing] of put) next.set(key, outgoing);
  return next;
}

/** A run that waits for people, for time or for a turn alone gives its lease and its memory back. */
function parking(outbox: Outbox, { busy, nowMs }: Beside, state: RunState | null): Write["parks"] {
  if (busy) return null;
  for (const outgoing of outbox.values()) {
    const waits = isDelayed(outgoing, nowMs) && !state?.ending; // a run that ends gives such calls up
    if (isEffect(outgoing.command) && !waits) return null;
  }
  const wakeAtMs = earliestDue(outbox, nowMs);
  return wakeAtMs !== null && wakeAtMs - nowMs < WORTH_PARKING_MS ? null : { wakeAtMs };
}
