import type { Pool, PoolClient } from "pg";
import type { AccountId, TriggerId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { sha256Hex } from "@/flows/plan/digest";
import { toStored } from "@/flows/plan/stored";
import { judgeKey, judgeStart, type Refused } from "@/flows/triggers/admit";
import type { Agreed, Cause, KnownStart, NewStart } from "@/flows/triggers/turned-on";
import { inTransaction } from "../connection";
import { agreedOf, type StartRow, startOf, type TriggerRow } from "./rows";

/** Starts that count towards the cap of the day: those of the 24 hours before. */
export const COUNTED = "s.state in ('admitted', 'started') and s.admitted_at > now() - interval '24 hours'";

/** Whoever writes a start down works on it for as long; after that any worker takes it up. */
export const LEASE = "interval '30 seconds'";

export type QueueError = { code: "start_key_reused"; key: string } | { code: "rate_exceeded"; mostPerMinute: number };
type Queued = { start: KnownStart; isNew: boolean };

/**
 * Writes firings down, once per key: all of them, or none. Nothing has started by that. A key that is known is answered
 * with what became of it; with another body it is refused.
 */
export async function queueStarts(
  pool: Pool,
  starts: readonly NewStart[],
  mostPerMinute: number | null,
): Promise<Result<Queued[], QueueError>> {
  return inTransaction(pool, async (client) => {
    const answer = await queued(client, starts, mostPerMinute);
    return { keep: answer.ok, answer };
  });
}

async function queued(
  client: PoolClient,
  starts: readonly NewStart[],
  mostPerMinute: number | null,
): Promise<Result<Queued[], QueueError>> {
  const triggers = starts.map(({ trigger }) => trigger);
  // The trigger's row is the lock under which its keys are looked up and its starts are counted. Its key is left alone, so
  // that a run that ends and raises an event never waits for it.
  await client.query("select 1 from flow_trigger where id = any($1) order by id for no key update", [triggers]);
  const written: Queued[] = [];
  for (const start of starts) {
    const body = canonicalJson(start.brings);
    const digest = sha256Hex(body);
    const known = await knownStart(client, start);
    const judged = judgeKey(known ? { run: known.run_id, digest: known.digest } : null, digest);
    if (judged === "reused") return err({ code: "start_key_reused", key: start.key });
    if (known) {
      written.push({ start: startOf(known), isNew: false });
      continue;
    }
    if (mostPerMinute !== null && (await countLately(client, start.trigger)) >= mostPerMinute)
      return err({ code: "rate_exceeded", mostPerMinute });
    const { trigger, key, run, depth } = start;
    await client.query(
      `insert into trigger_start (trigger_id, key, run_id, digest, brings, depth, lease_until)
       values ($1, $2, $3, $4, $5, $6, now() + ${LEASE})`,
      [trigger, key, run, digest, body, depth],
    );
    written.push({ start: { trigger, key, run, state: "queued", cause: null }, isNew: true });
  }
  return ok(written);
}

async function knownStart(client: PoolClient, { trigger, key }: NewStart): Promise<StartRow | undefined> {
  const { rows } = await client.query<StartRow>("select * from trigger_start where trigger_id = $1 and key = $2", [
    trigger,
    key,
  ]);
  return rows[0];
}

async function countLately(client: PoolClient, trigger: TriggerId): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    "select count(*)::int as count from trigger_start where trigger_id = $1 and at > now() - interval '1 minute'",
    [trigger],
  );
  return rows[0]?.count ?? 0;
}

export type AdmitError = Refused | { code: "trigger_off" };
type AdmitRow = TriggerRow & { off_at: Date | null; depth: number; counted: string };

/**
 * Counts a start towards the cap of its trigger, under the trigger's lock, and says on what terms it may go on. A start
 * that was admitted before is judged anew and counted once, by the larger bound: its run may be there.
 */
export async function admitStart(
  pool: Pool,
  { trigger, key }: Pick<KnownStart, "trigger" | "key">,
): Promise<Result<Agreed, AdmitError>> {
  return inTransaction<Result<Agreed, AdmitError>>(pool, async (client) => {
    await client.query("select 1 from flow_trigger where id = $1 for no key update", [trigger]);
    const { rows } = await client.query<AdmitRow>(
      `select t.*, n.depth, (select coalesce(sum(s.bound), 0) from trigger_start s
                              where s.trigger_id = t.id and s.key <> n.key and s.currency = t.currency
                                and ${COUNTED})::text as counted
         from flow_trigger t join trigger_start n on n.trigger_id = t.id where t.id = $1 and n.key = $2`,
      [trigger, key],
    );
    const [row] = rows;
    if (!row) throw new Error(`there is no start ${key} of trigger ${trigger}`);
    const answer = judged(row);
    if (!answer.ok) return { keep: false, answer };
    await client.query(
      `update trigger_start set state = 'admitted', admitted_at = now(), currency = $3, bound = greatest(bound, $4)
        where trigger_id = $1 and key = $2`,
      [trigger, key, row.currency, row.bound],
    );
    return { keep: true, answer };
  });
}

function judged(row: AdmitRow): Result<Agreed, AdmitError> {
  if (row.off_at !== null) return err({ code: "trigger_off" });
  const agreed = agreedOf(row);
  const { bound, mostPerDay: most } = agreed;
  const counted = money(row.currency, BigInt(row.counted));
  const allowed = judgeStart({ bound, counted, most, depth: row.depth });
  return allowed.ok ? ok(agreed) : allowed;
}

/**
 * Writes down what came of a start: a run, or the cause why there is none. A run that is there has started, whatever
 * somebody thought who came late. What the firing brought is not kept here any longer.
 */
export async function settleStart(
  pool: Pool,
  { trigger, key }: Pick<KnownStart, "trigger" | "key">,
  cause: Cause | null,
): Promise<void> {
  await pool.query(
    `update trigger_start s
        set state = case when is_there then 'started' else 'refused' end,
            cause = case when is_there then null else $3 end, lease_until = null, brings = null
       from (select $3::text is null or exists (
               select 1 from run r join trigger_start n on n.run_id = r.id where n.trigger_id = $1 and n.key = $2
             ) as is_there) found
      where trigger_id = $1 and key = $2 and state in ('queued', 'admitted')`,
    [trigger, key, cause === null ? null : toStored(cause)],
  );
}

export type StartInList = KnownStart & { at: Date };

/** The latest firings of a trigger, the last one first. */
export async function startsOf(
  pool: Pool,
  { owner, trigger, take }: { owner: AccountId; trigger: TriggerId; take: number },
): Promise<StartInList[]> {
  const { rows } = await pool.query<StartRow & { at: Date }>(
    `select s.* from trigger_start s join flow_trigger t on t.id = s.trigger_id
      where s.trigger_id = $1 and t.owner_id = $2 order by s.at desc, s.key desc limit $3`,
    [trigger, owner, take],
  );
  return rows.map((row) => ({ ...startOf(row), at: row.at }));
}
