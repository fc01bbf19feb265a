import type { Pool } from "pg";
import type { AccountId, FlowId, NodeId, TriggerId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { canonicalJson } from "@/flows/plan/canonical";
import type { Agreed, TurnedOn } from "@/flows/triggers/turned-on";
import { agreedOf, type TriggerRow } from "./rows";
import { COUNTED } from "./starts";

type TurnOn = Agreed & { id: TriggerId; secret: string | null; nextAtMs: number | null };

/**
 * Turns a trigger on, in the place of what was turned on for the same node. The address stays the same, and so does the
 * secret while the trigger is on: those who know it need not be told anew.
 */
export async function turnOn(pool: Pool, on: TurnOn): Promise<{ id: TriggerId; isSecretNew: boolean }> {
  const { firing, mostPerDay, bound } = on;
  const { cron, zone, missed } = firing.on === "schedule" ? firing : { cron: null, zone: null, missed: null };
  const { rows } = await pool.query<{ id: TriggerId; is_secret_new: boolean }>(
    `insert into flow_trigger as t (id, owner_id, flow_id, node, kind, cron, zone, missed, event, flow_version, plan,
                                    input, currency, bound, most_per_day, secret, next_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, to_timestamp($17::float8 / 1000))
     on conflict (flow_id, node) do update
        set kind = excluded.kind, cron = excluded.cron, zone = excluded.zone, missed = excluded.missed,
            event = excluded.event, flow_version = excluded.flow_version, plan = excluded.plan, input = excluded.input,
            currency = excluded.currency, bound = excluded.bound, most_per_day = excluded.most_per_day,
            secret = case when t.off_at is null and t.kind = excluded.kind then t.secret else excluded.secret end,
            secret_before = case when t.off_at is null then t.secret_before end,
            secret_before_until = case when t.off_at is null then t.secret_before_until end,
            next_at = excluded.next_at, on_at = now(), off_at = null
      where t.owner_id = excluded.owner_id
     returning id, coalesce(secret = $16, false) as is_secret_new, pg_notify('trigger_due', '')::text`,
    [
      ...[on.id, on.owner, on.flow, on.node, firing.on, cron, zone, missed],
      ...[firing.on === "event" ? firing.event : null, on.flowVersion, on.plan, canonicalJson(on.input)],
      ...[bound.currency, bound.amount, mostPerDay.amount, on.secret, on.nextAtMs],
    ],
  );
  const [row] = rows;
  if (!row) throw new Error(`the trigger ${on.node} of ${on.flow} is somebody else's`);
  return { id: row.id, isSecretNew: row.is_secret_new };
}

/** Nothing is started by it any more, its secrets are forgotten. False when this owner has no such trigger turned on. */
export async function turnOff(pool: Pool, owner: AccountId, id: TriggerId): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update flow_trigger
        set off_at = now(), next_at = null, secret = null, secret_before = null, secret_before_until = null
      where id = $1 and owner_id = $2 and off_at is null`,
    [id, owner],
  );
  return rowCount === 1;
}

type ListRow = TriggerRow & {
  on_at: Date;
  off_at: Date | null;
  next_at: Date | null;
  secret_before_until: Date | null;
  counted: string;
};

/** What was ever turned on for a flow, with what counts towards the cap of the day. */
export async function triggersOf(pool: Pool, owner: AccountId, flow: FlowId): Promise<TurnedOn[]> {
  const { rows } = await pool.query<ListRow>(
    `select t.*, (select coalesce(sum(s.bound), 0) from trigger_start s
                   where s.trigger_id = t.id and s.currency = t.currency and ${COUNTED})::text as counted
       from flow_trigger t where t.flow_id = $1 and t.owner_id = $2 order by t.node`,
    [flow, owner],
  );
  return rows.map((row) => ({
    ...agreedOf(row),
    id: row.id,
    isOn: row.off_at === null,
    onAtMs: row.on_at.getTime(),
    nextAtMs: row.next_at?.getTime() ?? null,
    counted: money(row.currency, BigInt(row.counted)),
    oldSecretUntilMs: row.secret_before_until?.getTime() ?? null,
  }));
}

/** The sealed secrets that a post to a trigger may be signed with; null when nothing listens there. */
export async function hookOf(
  pool: Pool,
  id: TriggerId,
): Promise<{ flow: FlowId; node: NodeId; secrets: string[] } | null> {
  const { rows } = await pool.query<{ flow_id: FlowId; node: NodeId; secret: string; before: string | null }>(
    `select flow_id, node, secret, case when secret_before_until > now() then secret_before end as before
       from flow_trigger where id = $1 and kind = 'webhook' and off_at is null and secret is not null`,
    [id],
  );
  const [row] = rows;
  if (!row) return null;
  return { flow: row.flow_id, node: row.node, secrets: row.before === null ? [row.secret] : [row.secret, row.before] };
}

/** Where a secret belongs, so that it can be sealed for that place; null when this owner has no such webhook turned on. */
export async function ownHook(
  pool: Pool,
  owner: AccountId,
  id: TriggerId,
): Promise<{ flow: FlowId; node: NodeId } | null> {
  const { rows } = await pool.query<{ flow: FlowId; node: NodeId }>(
    `select flow_id as flow, node from flow_trigger
      where id = $1 and owner_id = $2 and kind = 'webhook' and off_at is null`,
    [id, owner],
  );
  return rows[0] ?? null;
}

/** Puts another secret in the place of the present one, which counts for one more day. */
export async function rotateSecret(pool: Pool, id: TriggerId, secret: string): Promise<void> {
  await pool.query(
    `update flow_trigger
        set secret_before = secret, secret_before_until = now() + interval '1 day', secret = $2
      where id = $1 and off_at is null`,
    [id, secret],
  );
}

export async function listeningTo(pool: Pool, owner: AccountId, event: string): Promise<TriggerId[]> {
  const { rows } = await pool.query<{ id: TriggerId }>(
    "select id from flow_trigger where owner_id = $1 and event = $2 and off_at is null order by id",
    [owner, event],
  );
  return rows.map(({ id }) => id);
}
