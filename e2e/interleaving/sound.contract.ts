import type { Pool } from "pg";
import type { Digest, RunId } from "@/flows/basics/ids";
import type { Plan } from "@/flows/plan/plan";
import { fromStored } from "@/flows/plan/stored";
import { chainOf, extended, type SealedReceipt, sealClosing, sealStep } from "@/flows/receipts/chain";
import type { SigningKey } from "@/flows/receipts/keys";
import type { RunEvent } from "@/flows/run/events";
import { writeSnapshot } from "@/flows/run/snapshot";
import type { RunState } from "@/flows/run/state";
import { replay } from "@/flows/simulator/driver";

export type Stored = {
  id: RunId;
  plan_hash: Digest;
  status: string;
  seq: number;
  spent: string;
  fault: string | null;
  events: readonly { seq: number; event: string }[];
  snapshot: { seq: number; state: string } | null;
  receipts: readonly SealedReceipt[];
  outbox: number;
  letters: number;
  asked: number;
};

/** All that is kept of some runs. */
export async function storedRuns(pool: Pool, runs: readonly RunId[]): Promise<Stored[]> {
  const { rows } = await pool.query<Stored>({
    name: "stored_runs",
    text: `
      select id, plan_hash, status, seq, spent, fault,
        (select coalesce(json_agg(json_build_object('seq', seq, 'event', event) order by seq), '[]') from run_event where run_id = r.id) as events,
        (select json_build_object('seq', seq, 'state', state) from run_snapshot where run_id = r.id) as snapshot,
        (select coalesce(json_agg(json_build_object('place', place, 'body', body, 'hash', hash, 'signature', signature, 'keyId', key_id) order by place), '[]')
           from receipt where run_id = r.id) as receipts,
        (select count(*)::int from run_outbox where run_id = r.id) as outbox,
        (select count(*)::int from run_inbox where run_id = r.id) as letters,
        (select count(*)::int from question where run_id = r.id and state = 'open') as asked
      from run r where id = any($1) order by id`,
    values: [runs],
  });
  return rows;
}

const ENDS = ["succeeded", "failed", "cancelled"];
/** What may happen to one operation again and again: nobody is paid and nothing is done by it. */
const MAY_REPEAT = ["outcome_lost", "timer_fired", "pause_asked", "resume_asked"];

export type Sound = { state: RunState; events: readonly RunEvent[]; paid: ReadonlyMap<string, bigint> };

/**
 * What must be true of a run that is over, whatever happened on the way: it ended, its snapshot is the fold of its
 * journal and its receipts are those of that fold, each operation was answered once, and nothing waits for anything.
 * Errors: throws with the first thing that is not so.
 */
export function sound(stored: Stored, plan: Plan, key: SigningKey): Sound {
  const events = stored.events.map(({ event }) => fromStored<RunEvent>(event));
  const { state, receipts } = replay(plan, events);
  const insist = (holds: boolean, what: string) => {
    if (!holds) throw new Error(`${stored.id}: ${what}\n${stored.events.map(({ event }) => event).join("\n")}`);
  };
  insist(stored.fault === null, `stopped at ${stored.fault}`);
  insist(ENDS.includes(stored.status) && state?.phase.in === "finished", `ended as ${stored.status}`);
  if (!state) throw new Error("there is no state");
  const { outbox, letters, asked } = stored;
  insist(outbox + letters + asked === 0, `${outbox} commands, ${letters} letters and ${asked} questions still wait`);
  insist(
    stored.events.every(({ seq }, place) => seq === place + 1),
    "the journal has a gap",
  );
  insist(stored.seq === events.length && stored.snapshot?.seq === stored.seq, "the journal is longer than the run");
  insist(stored.snapshot?.state === writeSnapshot(state), "the snapshot is not the fold");
  insist(stored.spent === String(state.spent.amount), "it spent something else");
  const twice = repeated(events);
  insist(twice === null, `answered twice: ${twice}`);
  insist(
    JSON.stringify(stored.receipts) === JSON.stringify(sealed(stored, { state, receipts }, key)),
    "other receipts",
  );
  const paid = paidBy(receipts);
  insist([...paid.values()].reduce((sum, each) => sum + each, 0n) === state.spent.amount, "it paid something else");
  insist(state.spent.amount <= state.budget.amount, "it spent more than was agreed to");
  return { state, events, paid };
}

function repeated(events: readonly RunEvent[]): string | null {
  const seen = new Set<string>();
  for (const event of events) {
    const about = "operation" in event ? event.operation : "";
    const is = `${event.type} ${about}`;
    if (seen.has(is) && !MAY_REPEAT.includes(event.type)) return is;
    seen.add(is);
  }
  return null;
}

/** The same receipts sealed again: the key signs the same text the same way. */
function sealed({ id, plan_hash }: Stored, { state, receipts }: Folded, key: SigningKey): SealedReceipt[] {
  let chain = chainOf({ run: id, plan: plan_hash });
  const all = receipts.map((receipt) => {
    const made = sealStep(chain, receipt, key);
    chain = extended(chain, made);
    return made;
  });
  return [...all, sealClosing(chain, state, key)];
}
type Folded = { state: RunState; receipts: ReturnType<typeof replay>["receipts"] };

function paidBy(receipts: Folded["receipts"]): Map<string, bigint> {
  const paid = new Map<string, bigint>();
  for (const receipt of receipts)
    if (receipt.paid && receipt.payee) paid.set(receipt.payee, (paid.get(receipt.payee) ?? 0n) + receipt.paid.amount);
  return paid;
}
