import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../connection";
import type { Intent } from "./intents";

const SPONSOR_LOCK = 4_020_019;

/** What an intent takes at most, and what the sponsor may have out within 24 hours: in all, and for one person. Units: lamports. */
type Limits = { needed: bigint; daily: bigint; share: bigint };

/**
 * Sets aside what the sponsor may lose by an intent, or says why not: what it has out and spent within 24 hours stays under
 * the cap, of it no more than a share for one person, and nobody has it lend for a second escrow while a first lies idle.
 * One at a time, under a lock. Closing and paying were counted when the escrow was opened, and are never kept waiting.
 */
export async function reserveLamports(
  pool: Pool,
  intent: Intent,
  { needed, daily, share }: Limits,
): Promise<"reserved" | "sponsor_exhausted" | "sponsor_share_spent" | "escrow_idle"> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [SPONSOR_LOCK]);
    if (intent.kind === "open" && (await isIdle(client, intent))) return { keep: false, answer: "escrow_idle" };
    const { rows } = await client.query<{ out: string; own: string }>(
      `select coalesce(sum(i.lamports), 0)::text as out,
              coalesce(sum(i.lamports) filter (where e.owner_id = $2), 0)::text as own
         from chain_intent i join escrow e on e.run_id = i.run_id
        where i.reserved_at > now() - interval '24 hours' and i.id <> $1
          and not (i.stands = 'expired' or i.stands = 'refused' and not exists (select from chain_attempt a where a.intent_id = i.id))`,
      [intent.id, intent.owner],
    );
    const { out = "0", own = "0" } = rows[0] ?? {};
    if (needed > 0n && BigInt(own) + needed > share) return { keep: false, answer: "sponsor_share_spent" };
    if (needed > 0n && BigInt(out) + needed > daily) return { keep: false, answer: "sponsor_exhausted" };
    // The same row that a second worker would count: what is set aside is there before the lock is let go.
    await client.query("update chain_intent set lamports = $2, reserved_at = now() where id = $1", [
      intent.id,
      needed.toString(),
    ]);
    return { keep: true, answer: "reserved" };
  });
}

async function isIdle(client: PoolClient, { run, owner }: Intent): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from escrow e
      where e.owner_id = $1 and e.run_id <> $2
        and ((e.stands = 'open' and e.started_at is null)
          or (e.stands = 'waiting' and exists (select from chain_intent i where i.run_id = e.run_id and i.kind = 'open'
               and (i.stands in ('reserved', 'signed', 'submitted', 'unknown', 'confirmed')
                 or i.stands = 'intent' and i.reserved_at is not null))))
      limit 1`,
    [owner, run],
  );
  return (rowCount ?? 0) > 0;
}
