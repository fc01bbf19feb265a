import type { Pool } from "pg";
import type { Digest, OperationId, RunId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import { fromStored } from "@/flows/plan/stored";
import { chainOf } from "@/flows/receipts/chain";
import { type Command, commandsOf } from "@/flows/run/commands";
import type { RunEvent } from "@/flows/run/events";
import { readSnapshot } from "@/flows/run/snapshot";
import type { RunState } from "@/flows/run/state";
import { fold } from "@/flows/run/transition";
import type { Claimed } from "./claiming";
import { byRun } from "./grouped";
import type { Letter } from "./letter-shape";
import { lettersOf } from "./mail";
import type { Plans } from "./plans";
import { isSaidByState, type OutboxKey, type Outgoing, operationOf, outboxKey, type Standing } from "./standing";

type Snapshot = { run_id: RunId; seq: number; state: string };
type JournalRow = { run_id: RunId; seq: number; event: string };
type OutboxRow = {
  run_id: RunId;
  operation: OperationId;
  kind: Command["do"];
  command: string;
  sent: boolean;
  due: boolean;
  due_ms: string | null;
};
type ReceiptRow = { run_id: RunId; hash: Digest };

/** A run as it is taken up: where it stands, its mail, and the timers that the database's own clock calls due. */
export type Taken = { standing: Standing; letters: readonly Letter[]; due: readonly OperationId[] };
/** Reads one run out of what was loaded for all. Errors: throws at what cannot be read, which stops that run alone. */
export type Load = (claimed: Claimed) => Taken;

/** Loads many runs in a few queries. They are held already, so nobody writes to them meanwhile. */
export async function load(pool: Pool, plans: Plans, claimed: readonly Claimed[]): Promise<Load> {
  const runs = claimed.map(({ run }) => run);
  const begun = claimed.flatMap(({ run, seq }) => (seq > 0 ? [run] : [])); // the others have nothing but mail
  const hashes = [...new Set(claimed.map(({ planHash }) => planHash))];
  const [planOf, snapshots, journals, outboxes, receipts, letters] = await Promise.all([
    plans.fetch(hashes),
    rows<Snapshot>(pool, begun, "select run_id, seq, state from run_snapshot where run_id = any($1::text[])"),
    rows<JournalRow>(pool, begun, JOURNAL_TAIL),
    rows<OutboxRow>(pool, begun, OUTBOX),
    rows<ReceiptRow>(
      pool,
      begun,
      "select run_id, hash from receipt where run_id = any($1::text[]) order by run_id, place",
    ),
    lettersOf(pool, runs),
  ]);

  return ({ run, planHash, seq }) => {
    const plan = planOf(planHash);
    const out = outboxes.get(run) ?? [];
    const hashes = (receipts.get(run) ?? []).map(({ hash }) => hash);
    const journalled = rebuild(plan, snapshots.get(run)?.[0], journals.get(run) ?? []);
    if (journalled.seq !== seq) throw new Error(`the journal ends at ${journalled.seq}, the run at ${seq}`);
    return {
      standing: {
        run,
        planHash,
        plan,
        ...journalled,
        chain: chainOf({ run, plan: planHash }, hashes),
        outbox: outboxOf(plan, journalled.state, out),
      },
      letters: letters.get(run) ?? [],
      due: out.filter(({ due }) => due).map(({ operation }) => operation),
    };
  };
}

// The event that the snapshot ends with is read too, for its time: a run's time never goes back.
// From the runs to their events: a long journal is not read through for its end.
const JOURNAL_TAIL = `select e.run_id, e.seq, e.event from unnest($1::text[]) as r(id)
  left join run_snapshot s on s.run_id = r.id
  join run_event e on e.run_id = r.id and e.seq >= coalesce(s.seq, 0) order by e.run_id, e.seq`;

const OUTBOX = `select run_id, operation, kind, command, sent_at is not null as sent,
    coalesce(due_at <= now(), false) as due, ceil(extract(epoch from due_at) * 1000)::bigint as due_ms from run_outbox where run_id = any($1::text[])`;

async function rows<T extends { run_id: RunId }>(pool: Pool, runs: readonly RunId[], text: string) {
  if (runs.length === 0) return byRun<T>([]);
  const { rows } = await pool.query<T>({ name: text.slice(0, 60), text, values: [runs] });
  return byRun(rows);
}

function rebuild(plan: Plan, snapshot: Snapshot | undefined, tail: readonly JournalRow[]) {
  const snapshotSeq = snapshot?.seq ?? 0;
  const events = tail.map(({ seq, event }) => ({ seq, event: fromStored<RunEvent>(event) }));
  const later = events.filter(({ seq }) => seq > snapshotSeq).map(({ event }) => event);
  const last = events.at(-1);
  return {
    state: fold(plan, later, snapshot ? readSnapshot(snapshot.state) : null),
    seq: last?.seq ?? snapshotSeq,
    snapshotSeq,
    snapshotSize: snapshot?.state.length ?? 0,
    lastAtMs: last?.event.atMs ?? 0,
  };
}

/** What the state waits for by its own account, and beside that what has a row. */
function outboxOf(plan: Plan, state: RunState | null, rows: readonly OutboxRow[]): Standing["outbox"] {
  const outbox = new Map<OutboxKey, Outgoing>();
  for (const command of state ? commandsOf(plan, state) : []) {
    const operation = operationOf(command);
    const outgoing: Outgoing = { command, sent: false };
    if (operation !== null && isSaidByState(outgoing)) outbox.set(outboxKey(command.do, operation), outgoing);
  }
  for (const { kind, operation, command: text, sent, due_ms } of rows) {
    const key = outboxKey(kind, operation);
    const command = fromStored<Command>(text);
    const turn = kind === "call" && due_ms !== null ? { notBeforeMs: Number(due_ms) } : {};
    const isLeftOver = !outbox.has(key) && isSaidByState({ command, sent: false });
    if (!isLeftOver) outbox.set(key, { command, sent, ...turn });
  }
  return outbox;
}
