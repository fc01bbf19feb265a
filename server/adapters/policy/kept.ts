import type { Pool, PoolClient } from "pg";
import type { AccountId, Digest } from "@/flows/basics/ids";
import { canonicalJson } from "@/flows/plan/canonical";
import { digestOf } from "@/flows/plan/digest";
import { type CheckedPolicy, checkPolicy } from "@/flows/policy/check";
import { Policy } from "@/flows/policy/rules";

/** Rules as they are kept: `digest` is that of their canonical JSON, and what runs carry. */
export type KeptPolicy = { digest: Digest; policy: Policy };

const MANY = 200;
const checkedBefore = new Map<Digest, CheckedPolicy>();

/** Rules by their digest, ready to judge. Null when nobody keeps them, or when this studio cannot read them: both deny. */
export async function policyOf(db: Pool | PoolClient, digest: Digest): Promise<CheckedPolicy | null> {
  const known = checkedBefore.get(digest);
  if (known) return known;
  const { rows } = await db.query<{ body: string }>("select body from policy where digest = $1", [digest]);
  const checked = rows[0] ? checkPolicy(JSON.parse(rows[0].body)) : null;
  if (!checked?.ok) return null;
  if (checkedBefore.size >= MANY) checkedBefore.clear();
  checkedBefore.set(digest, checked.value);
  return checked.value;
}

/** The rules that an owner's runs are started under from now on; null for none. */
export async function policyInForce(pool: Pool, owner: AccountId): Promise<KeptPolicy | null> {
  const { rows } = await pool.query<{ digest: Digest; body: string }>(
    "select p.digest, p.body from policy_in_force f join policy p on p.digest = f.digest where f.owner_id = $1",
    [owner],
  );
  const [row] = rows;
  return row ? { digest: row.digest, policy: Policy.parse(JSON.parse(row.body)) } : null;
}

/** Puts rules in force for an owner, or takes away those that are. Runs under way keep theirs. */
export async function putInForce(pool: Pool, owner: AccountId, policy: Policy | null): Promise<Digest | null> {
  if (!policy) {
    await pool.query("delete from policy_in_force where owner_id = $1", [owner]);
    return null;
  }
  const digest = await keepPolicy(pool, policy);
  await pool.query(
    `insert into policy_in_force (owner_id, digest) values ($1, $2)
     on conflict (owner_id) do update set digest = excluded.digest, set_at = now()`,
    [owner, digest],
  );
  return digest;
}

export async function keepPolicy(pool: Pool, policy: Policy): Promise<Digest> {
  const digest = digestOf(policy);
  await pool.query("insert into policy (digest, body) values ($1, $2) on conflict do nothing", [
    digest,
    canonicalJson(policy),
  ]);
  return digest;
}
