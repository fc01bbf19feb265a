import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../connection";
import { isWanted } from "../kinds";
import { IS_DUE } from "./due";
import { type Facts, type Happening, readFacts } from "./facts";
import { type Outward, outward, type Receiver, readReceivers } from "./receivers";
import { tellings } from "./telling";
import type { Told } from "./told";

const AT_ONCE = 100;
/** Of one person's runs another is told so much an hour at once; what comes on top is one message at the end of it. */
const MOST_OF_SENDER = 10;
const HOUR_MS = 3_600_000;
/** A question is asked again at half of its time, at the latest after a day, unless that is only minutes. */
const REMIND_AFTER_MS = 86_400_000;
const WORTH_REMINDING_MS = 600_000;

/**
 * Makes notices of what happened, and takes it away, in one transaction: whoever dies meanwhile has done neither. Workers
 * do not wait for each other. True when there may be more.
 */
export function tellSome(pool: Pool): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Happening>(
      `delete from notice_happening where id in
         (select id from notice_happening where ${IS_DUE} order by id limit $1 for update skip locked)
       returning id::text, kind, operation, run_id, agent, people, about, at`,
      [AT_ONCE],
    );
    const happenings = rows.sort((a, b) => Number(a.id) - Number(b.id));
    if (happenings.length > 0) await tellAll(client, happenings);
    return { keep: true, answer: happenings.length === AT_ONCE };
  });
}

async function tellAll(client: PoolClient, happenings: readonly Happening[]): Promise<void> {
  const facts = await readFacts(client, happenings);
  const all = happenings.flatMap((happening) => tellings(happening, facts));
  const receivers = await readReceivers(client, [...new Set(all.map(({ receiver }) => receiver))]);
  // In the order of receivers, so that two workers whose happenings meet cannot wait for each other.
  for (const told of all.toSorted((a, b) => (a.receiver < b.receiver ? -1 : a.receiver > b.receiver ? 1 : 0)))
    await write(client, told, receivers(told.receiver));
  for (const happening of happenings) await remind(client, happening, facts);
  const people = [...new Set(all.map(({ receiver }) => receiver))];
  await tellScreens(client, people);
}

/** Open screens of these people read their notices anew. */
export async function tellScreens(client: Pick<PoolClient, "query">, people: readonly string[]): Promise<void> {
  for (const person of people) await client.query("select pg_notify('notice_told', $1)", [person]);
}

async function write(client: PoolClient, told: Told, receiver: Receiver): Promise<void> {
  const nowMs = Date.now();
  const reached = outward(told, receiver, { nowMs, heldUntilMs: await heldUntil(client, told, nowMs) });
  const inApp = isWanted(told.kind, "in_app", receiver.chosen);
  if (!inApp && reached.length === 0) return;
  const grouped = told.group !== null && reached.length === 0;
  const key = grouped ? `${told.group}/${Math.floor(nowMs / HOUR_MS)}` : told.key;
  const { receiver: to, sender, kind, run, operation, title, text, facts, path, action } = told;
  const { rows } = await client.query<{ id: string }>(
    `insert into notice (id, receiver_id, sender_id, key, kind, run_id, operation, title, text, facts, path, action, in_app)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (receiver_id, key) do ${grouped ? REPEATED : "nothing"} returning id`,
    [...[randomUUID(), to, sender, key, kind, run, operation, title, text], JSON.stringify(facts), path, action, inApp],
  );
  const [written] = rows;
  if (written) await deliver(client, written.id, reached);
}

const REPEATED = `update set times = notice.times + 1, run_id = excluded.run_id, text = excluded.text, facts = excluded.facts,
  path = excluded.path, at = now(), read_at = null`;

/** Puts a notice on its way to addresses, once to each. */
export async function deliver(client: PoolClient, notice: string, reached: readonly Outward[]): Promise<void> {
  for (const { address, dueMs } of reached)
    await client.query(
      `insert into notice_delivery (notice_id, address_id, due_at) values ($1, $2, to_timestamp($3 / 1000.0))
       on conflict do nothing`,
      [notice, address, dueMs],
    );
}

/** Until when what somebody's runs tell another person is held back; 0 while it is little. */
async function heldUntil(client: PoolClient, { sender, receiver }: Told, nowMs: number): Promise<number> {
  if (sender === null || sender === receiver) return 0;
  const { rows } = await client.query<{ told: number }>(
    `select count(*)::int as told from notice where receiver_id = $1 and sender_id = $2 and at > now() - interval '1 hour'`,
    [receiver, sender],
  );
  return (rows[0]?.told ?? 0) >= MOST_OF_SENDER ? (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS : 0;
}

/** Whoever has not answered is asked once more. */
async function remind(
  client: PoolClient,
  { kind, operation, people, at }: Happening,
  { questions }: Facts,
): Promise<void> {
  const question = questions.get(operation ?? "");
  if (kind !== "approval_asked" || people !== null || question?.state !== "open") return;
  const afterMs = Math.min((question.until.getTime() - at.getTime()) / 2, REMIND_AFTER_MS);
  if (afterMs < WORTH_REMINDING_MS) return;
  await client.query(
    `insert into notice_happening (kind, operation, run_id, due_at) values ('approval_reminder', $1, $2, to_timestamp($3 / 1000.0))`,
    [operation, question.run, at.getTime() + afterMs],
  );
}
