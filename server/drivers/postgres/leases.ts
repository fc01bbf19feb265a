import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";

export type Lease = { run: RunId; token: bigint };

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
       update run set fault = $3, faulted_at = now(), lease_until = null, wake_at = null
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

/** Which of the runs that somebody holds have mail: for the case that a notification was lost. */
export async function heldWithMail(pool: Pool): Promise<RunId[]> {
  const { rows } = await pool.query<{ id: RunId }>("select id from run where due and lease_until >= now() limit 1000");
  return rows.map(({ id }) => id);
}

/** The caller's own runs, locked in the order of their ids so that two workers cannot wait for each other. */
const LOCK_OWN = `with own as materialized (
  select r.id from run r join unnest($1::text[], $2::bigint[]) as g(id, token) on g.id = r.id
   where r.token = g.token and r.lease_until is not null order by r.id for update of r)`;

function columns(leases: readonly Lease[]): [RunId[], string[]] {
  return [leases.map(({ run }) => run), leases.map(({ token }) => String(token))];
}
