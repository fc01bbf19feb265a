import type { Pool, PoolClient } from "pg";
import type { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { AskedBy, Attempt, IntentState } from "@/flows/escrow/intent";
import { attemptOf } from "@/flows/escrow/intent";
import type { IntentKind, IntentStands } from "@/flows/ports/escrows";
import { inTransaction } from "../connection";

/** An intent as it is kept. `body` is canonical JSON, `handed` what the payer's wallet signed. */
export type Intent = {
  id: OperationId;
  run: RunId;
  owner: AccountId;
  kind: IntentKind;
  askedBy: AskedBy;
  body: string;
  handed: string | null;
  bytes: string | null;
  tries: number;
  state: IntentState;
};

type Row = {
  id: OperationId;
  run_id: RunId;
  owner_id: AccountId;
  kind: IntentKind;
  asked_by: AskedBy;
  body: string;
  handed: string | null;
  stands: IntentStands;
  slot: string | null;
  final: boolean;
  reason: string | null;
  tries: number;
  number: number | null;
  signature: string | null;
  bytes: string | null;
  blockhash: string | null;
  last_valid: string | null;
};

const COLUMNS = `i.id, i.run_id, e.owner_id, i.kind, i.asked_by, i.body, i.handed, i.stands, i.slot::text, i.final, i.reason, i.tries,
  a.number, a.signature, a.bytes, a.blockhash, a.last_valid::text`;
const FROM = `chain_intent i join escrow e on e.run_id = i.run_id
  left join chain_attempt a on a.intent_id = i.id and a.number = i.attempt`;

export type NewIntent = {
  id: OperationId;
  run: RunId;
  kind: IntentKind;
  askedBy: AskedBy;
  body: string;
  due: "now" | "when_handed";
};
export type IntentReused = { code: "operation_reused"; operation: OperationId };

/** Writes an intent down, once per id. The same id with another body is refused. Nothing is signed by that. */
export async function storeIntent(client: PoolClient | Pool, asked: NewIntent): Promise<Result<null, IntentReused>> {
  const { id, run, kind, askedBy, body, due } = asked;
  const { rowCount } = await client.query(
    `insert into chain_intent (id, run_id, kind, asked_by, body, due_at)
     values ($1, $2, $3, $4, $5, case when $6 then now() end) on conflict (id) do nothing`,
    [id, run, kind, askedBy, body, due === "now"],
  );
  if (rowCount === 1) {
    await client.query("select pg_notify('chain_intent', $1)", [id]);
    return ok(null);
  }
  const { rows } = await client.query<{ same: boolean }>(
    "select (body = $2 and kind = $3 and run_id = $4) as same from chain_intent where id = $1",
    [id, body, kind, run],
  );
  return rows[0]?.same ? ok(null) : err({ code: "operation_reused", operation: id });
}

/**
 * Of a new offer for a run and a signature under the one before, one is first: the offer then expires what nobody has
 * handed in, or is refused because somebody has. Held until the transaction ends.
 */
export async function holdOffers(client: PoolClient, run: RunId): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtext($1))", [`escrow ${run}`]);
}

/**
 * Takes intents that are due, each for a while: a worker that dies with one leaves it to the next. Units: milliseconds. Due
 * times are rounded to one: what is due at once may lie half of one ahead.
 */
export async function claimDue(pool: Pool, { limit, forMs }: { limit: number; forMs: number }): Promise<Intent[]> {
  const { rows } = await pool.query<Row>(
    `with due as (
       select id from chain_intent where due_at <= now() + interval '1 millisecond' order by due_at limit $1 for update skip locked
     ), taken as (
       update chain_intent i set due_at = now() + $2 * interval '1 millisecond' from due where i.id = due.id returning i.*
     )
     select ${COLUMNS} from ${FROM.replace("chain_intent i", "taken i")}`,
    [limit, forMs],
  );
  return rows.map(read);
}

export async function intentsOf(pool: Pool, run: RunId): Promise<Intent[]> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from ${FROM} where i.run_id = $1 order by i.created_at, i.id`,
    [run],
  );
  return rows.map(read);
}

export async function intentBy(pool: Pool, id: OperationId): Promise<Intent | null> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from ${FROM} where i.id = $1`, [id]);
  return rows[0] ? read(rows[0]) : null;
}

/** Milliseconds until an intent is due; null when none waits. */
export async function untilDue(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>(
    "select (extract(epoch from min(due_at) - now()) * 1000)::float8 as ms from chain_intent where due_at is not null",
  );
  return rows[0]?.ms ?? null;
}

/** `bytes` are those of a new signature. `dueMs`: when to look again, null for never. `also` happens together with it or not at all. */
export type Move = {
  to: IntentState;
  bytes?: string;
  tries: number;
  dueMs: number | null;
  also?: ((client: PoolClient) => Promise<void>) | undefined;
};

/**
 * Writes down where an intent stands now, if it still stands where it was read: of two workers one moves it. Whatever is
 * signed is kept here before anybody is sent it. False when it had moved.
 */
export async function moveIntent(
  pool: Pool,
  { id, state }: Intent,
  { to, bytes, tries, dueMs, also }: Move,
): Promise<boolean> {
  return inTransaction<boolean>(pool, async (client) => {
    const slot = to.in === "confirmed" ? to.slot.toString() : null;
    const values = [
      ...[id, state.in, attemptOf(state)?.number ?? 0, to.in, attemptOf(to)?.number ?? 0],
      ...[slot, to.in === "confirmed" && to.final, to.in === "refused" ? to.reason : null, tries, dueMs],
    ];
    const { rowCount } = await client.query(
      `update chain_intent
          set stands = $4, attempt = $5, slot = $6, final = $7, reason = $8, tries = $9, changed_at = now(),
              due_at = now() + $10::float8 * interval '1 millisecond',
              reserved_at = case when $4 = 'reserved' then now() else reserved_at end
        where id = $1 and stands = $2 and attempt = $3`,
      values,
    );
    if (rowCount !== 1) return { keep: false, answer: false };
    if (to.in === "expired") await client.query("update chain_attempt set alive = false where intent_id = $1", [id]);
    if (to.in === "signed" && bytes !== undefined) await keep(client, id, { ...to.attempt, bytes });
    await also?.(client);
    return { keep: true, answer: true };
  });
}

async function keep(
  client: PoolClient,
  id: OperationId,
  { number, signature, lifetime, bytes }: Attempt & { bytes: string },
) {
  await client.query(
    `insert into chain_attempt (intent_id, number, signature, bytes, blockhash, last_valid) values ($1, $2, $3, $4, $5, $6)`,
    [id, number, signature, bytes, lifetime.blockhash, lifetime.lastValidBlockHeight.toString()],
  );
}

function read(row: Row): Intent {
  const { id, run_id: run, owner_id: owner, kind, asked_by: askedBy, body, handed, bytes, tries } = row;
  return { id, run, owner, kind, askedBy, body, handed, bytes, tries, state: stateOf(row) };
}

function stateOf(row: Row): IntentState {
  const attempt = attemptIn(row);
  switch (row.stands) {
    case "intent":
    case "reserved":
      return { in: row.stands };
    case "expired":
      return { in: "expired", attempt };
    case "refused":
      return { in: "refused", attempt, reason: row.reason ?? "" };
    case "confirmed":
      return { in: "confirmed", attempt: known(row, attempt), slot: BigInt(row.slot ?? 0), final: row.final };
    default:
      return { in: row.stands, attempt: known(row, attempt) };
  }
}

function attemptIn({ number, signature, blockhash, last_valid }: Row): Attempt | null {
  if (number === null || signature === null || blockhash === null || last_valid === null) return null;
  return { number, signature, lifetime: { blockhash, lastValidBlockHeight: BigInt(last_valid) } };
}

function known({ id, stands }: Row, attempt: Attempt | null): Attempt {
  if (!attempt) throw new Error(`${id} is ${stands} without a signature`);
  return attempt;
}
