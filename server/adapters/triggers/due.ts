import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { TriggerId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { canonicalJson } from "@/flows/plan/canonical";
import { sha256Hex } from "@/flows/plan/digest";
import { toStored } from "@/flows/plan/stored";
import { type Missed, whatIsDue } from "@/flows/triggers/missed";
import type { KnownStart } from "@/flows/triggers/turned-on";
import { inTransaction } from "../connection";
import { type StartRow, startOf } from "./rows";
import { LEASE } from "./starts";

const AT_ONCE = 20;

type DueRow = { id: TriggerId; cron: string; zone: string; missed: Missed; next_at: Date; now: Date };

/**
 * Takes schedules whose time has come, each by one worker: its starts are written down and its next time is set in the
 * same transaction, so that a worker that dies loses none and repeats none. Says whether there may be more.
 */
export async function queueDue(pool: Pool): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<DueRow>(
      `select id, cron, zone, missed, next_at, now() as now from flow_trigger
        where next_at <= now() order by next_at limit $1 for no key update skip locked`,
      [AT_ONCE],
    );
    for (const row of rows) await queueTimes(client, row);
    return { keep: true, answer: rows.length === AT_ONCE };
  });
}

async function queueTimes(client: PoolClient, { id, next_at: first, now, ...schedule }: DueRow): Promise<void> {
  const { start, dropped, nextMs } = whatIsDue(schedule, first.getTime(), now.getTime());
  for (const time of start) {
    const due = new Date(time).toISOString();
    await client.query(
      `insert into trigger_start (trigger_id, key, run_id, digest, brings, lease_until)
       values ($1, $2, $3, $4, $5, now()) on conflict do nothing`,
      [id, due, randomUUID(), ...bodyOf(due)],
    );
  }
  if (dropped) {
    const [from, to] = [new Date(dropped.fromMs).toISOString(), new Date(dropped.toMs).toISOString()];
    await client.query(
      `insert into trigger_start (trigger_id, key, run_id, digest, state, cause)
       values ($1, $2, $3, $4, 'refused', $5) on conflict do nothing`,
      [id, `missed:${from}`, randomUUID(), bodyOf(from)[0], toStored({ code: "times_missed", from, to })],
    );
  }
  const next = nextMs === null ? null : new Date(nextMs);
  await client.query("update flow_trigger set next_at = $2 where id = $1", [id, next]);
}

function bodyOf(due: string): [digest: string, body: string] {
  const body = canonicalJson(due);
  return [sha256Hex(body), body];
}

/** `waitedMs` is how long ago it was written down. */
export type WaitingStart = KnownStart & { brings: Json; waitedMs: number };

/** Takes starts that nobody works on, the oldest first: those of schedules, and those whose writer died. */
export async function claimStarts(pool: Pool): Promise<WaitingStart[]> {
  const { rows } = await pool.query<StartRow & { at: Date; brings: string; waited: number }>(
    `update trigger_start set lease_until = now() + ${LEASE}
      where (trigger_id, key) in (
        select trigger_id, key from trigger_start where lease_until <= now()
         order by lease_until, at, key limit $1 for update skip locked)
     returning *, (extract(epoch from now() - at) * 1000)::float8 as waited`,
    [AT_ONCE],
  );
  const inOrder = rows.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1));
  return inOrder.map((row) => ({ ...startOf(row), brings: JSON.parse(row.brings) as Json, waitedMs: row.waited }));
}

/** How long until a schedule is due or a start is free to be taken; null when nothing waits. Units: milliseconds. */
export async function untilNext(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>(
    `select (extract(epoch from least((select min(next_at) from flow_trigger),
                                      (select min(lease_until) from trigger_start)) - now()) * 1000)::float8 as ms`,
  );
  return rows[0]?.ms ?? null;
}
