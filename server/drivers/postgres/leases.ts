import type { Pool } from "pg";
import type { Digest, RunId } from "@/flows/basics/ids";

export type Lease = { run: RunId; token: bigint };
export type Claimed = Lease & { planHash: Digest; seq: number };

const FREE = "fault is null and (lease_until is null or lease_until < now())";

/**
 * Takes runs that are due or whose worker is gone, and raises their token: from here on no earlier holder can write.
 * To set `wake_at` to null says that no mail has come since; whoever writes sets it again.
 */
export async function claim(pool: Pool, { limit, leaseMs }: { limit: number; leaseMs: number }): Promise<Claimed[]> {
  const { rows } = await pool.query<{ id: RunId; token: string; plan_hash: Digest; seq: number }>({
    name: "claim_runs",
    text: `
      with due as (
        select id from run
         where id = any(array(
             (select id from run where wake_at <= now() and ${FREE} order by wake_at limit $1)
             union (select id from run where lease_until < now() and fault is null order by lease_until limit $1)))
           and ${FREE} and (wake_at <= now() or lease_until < now())
         order by id limit $1 for update skip locked)
      update run r set token = r.token + 1, wake_at = null, lease_until = now() + $2 * interval '1 millisecond'
        from due where r.id = due.id
      returning r.id, r.token, r.plan_hash, r.seq`,
    values: [limit, leaseMs],
  });
  return rows.map(({ id, token, plan_hash, seq }) => ({ run: id, token: BigInt(token), planHash: plan_hash, seq }));
}

/** Holds runs for longer. Those that are missing from the answer are another worker's by now. */
export async function renew(pool: Pool, leases: readonly Lease[], leaseMs: number): Promise<ReadonlySet<RunId>> {
  const { rows } = await pool.query<{ id: RunId }>(
    `${LOCK_OWN} update run r set lease_until = now() + $3 * interval '1 millisecond' from own where r.id = own.id returning r.id`,
    [...columns(leases), leaseMs],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Gives runs back with work still to do, and says so, so that another worker takes them at once. */
export async function giveBack(pool: Pool, leases: readonly Lease[]): Promise<void> {
  if (leases.length === 0) return;
  await pool.query(
    `${LOCK_OWN}, freed as (
       update run r set lease_until = null, wake_at = least(r.wake_at, now()) from own where r.id = own.id returning r.id)
     select pg_notify('run_mail', '') from freed limit 1`,
    columns(leases),
  );
}

/** Stops one run where it stands, visibly, until a person clears the fault. False when it is another's by now. */
export async function stopAtFault(pool: Pool, { run, token }: Lease, fault: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with stopped as (
       update run set fault = $3, lease_until = null, wake_at = null
        where id = $1 and token = $2 and lease_until is not null returning id, seq, status)
     select pg_notify('run_moved', id || ':' || seq || ':' || status) from stopped`,
    [run, String(token), fault],
  );
  return rowCount === 1;
}

/** Says that the mail of these runs is about to be read. A letter that is written after this raises its flag again. */
export async function lowerFlags(pool: Pool, leases: readonly Lease[]): Promise<void> {
  await pool.query(
    `${LOCK_OWN} update run r set wake_at = null from own where r.id = own.id and r.wake_at is not null`,
    columns(leases),
  );
}

/** How long until a parked run is due or a lease runs out; null when there is neither. Units: milliseconds. */
export async function untilNextDue(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({
    name: "next_due",
    text: `select ceil(extract(epoch from least(
               (select min(wake_at) from run where wake_at > now()),
               (select min(lease_until) from run where lease_until > now())) - now()) * 1000)::float8 as ms`,
  });
  return rows[0]?.ms ?? null;
}

/** Which of the runs that somebody holds have mail: for the case that a notification was lost. */
export async function heldWithMail(pool: Pool): Promise<RunId[]> {
  const { rows } = await pool.query<{ id: RunId }>(
    "select id from run where wake_at <= now() and lease_until >= now() limit 1000",
  );
  return rows.map(({ id }) => id);
}

/** The caller's own runs, locked in the order of their ids so that two workers cannot wait for each other. */
const LOCK_OWN = `with own as materialized (
  select r.id from run r join unnest($1::text[], $2::bigint[]) as g(id, token) on g.id = r.id
   where r.token = g.token and r.lease_until is not null order by r.id for update of r)`;

function columns(leases: readonly Lease[]): [RunId[], string[]] {
  return [leases.map(({ run }) => run), leases.map(({ token }) => String(token))];
}
