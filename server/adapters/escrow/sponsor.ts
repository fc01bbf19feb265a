import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../connection";
import type { Intent } from "./intents";

const SPONSOR_LOCK = 4_020_019;

/**
 * Sets aside what the sponsor may lose by an intent, or says why not: what it has out and spent within 24 hours stays under
 * the cap, and nobody has it lend for a second escrow while a first lies idle. One at a time, under a lock. Closing and
 * paying were counted when the escrow was opened, and are never kept waiting.
 */
export async function reserveLamports(
  pool: Pool,
  intent: Intent,
  most: bigint,
): Promise<"reserved" | "sponsor_exhausted" | "escrow_idle"> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [SPONSOR_LOCK]);
    if (intent.kind === "open" && (await isIdle(client, intent))) return { keep: false, answer: "escrow_idle" };
    const { rows } = await client.query<{ out: string }>(
      `select coalesce(sum(lamports), 0)::text as out from chain_intent
        where reserved_at > now() - interval '24 hours' and id <> $1
          and not (stands = 'expired' or stands = 'refused' and not exists (select from chain_attempt a where a.intent_id = chain_intent.id))`,
      [intent.id],
    );
    const needed = await lamportsOf(client, intent);
    if (intent.askedBy === "payer" && BigInt(rows[0]?.out ?? 0) + needed > most)
      return { keep: false, answer: "sponsor_exhausted" };
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

/** What an opening takes with everything that it leads to; what its payer asks for beside it is a fee. */
async function lamportsOf(client: PoolClient, { run, kind, askedBy }: Intent): Promise<bigint> {
  if (askedBy === "studio") return 0n;
  const { rows } = await client.query<{ fees: string; rent: string }>(
    "select fees, rent from escrow where run_id = $1",
    [run],
  );
  const { fees = "0", rent = "0" } = rows[0] ?? {};
  return kind === "open" ? BigInt(fees) + BigInt(rent) : BigInt(fees);
}
