import type { Pool } from "pg";
import type { AccountId, Digest, RunId } from "@/flows/basics/ids";
import type { Lease } from "./leases";

export type Claimed = Lease & { owner: AccountId; planHash: Digest; seq: number };

/** `each` is how many runs this worker may hold for one owner, `held` how many it does; turns begin behind `after`. */
export type Claim = {
  limit: number;
  leaseMs: number;
  each?: number;
  held?: ReadonlyMap<AccountId, number>;
  after?: string;
};

/**
 * `more`: runs were left behind that are due. `locked`: others had one of them locked just then, to take it or to write to
 * it; whoever writes and then does not tells nobody. `after` is the owner whose turn came last.
 */
export type Claims = { claimed: readonly Claimed[]; more: boolean; locked: boolean; after: string };

type Row = { id: RunId; owner_id: AccountId; token: string; plan_hash: Digest; seq: number; turn: number | null };

const FREE = "fault is null and (lease_until is null or lease_until < now())";
// Says what `due or lease_until < now()` says, so that no index on either tempts Postgres away from the ids.
const STILL_READY = "case when due then true else lease_until < now() end";
const LAPSED_AT_ONCE = 1_000;

/** Owners with due runs, from one to the next along the index: however many runs an owner has, this is one step. */
const nextOwner = (behind: string) => `select owner_id from run where due and ${behind} order by owner_id limit 1`;
const walk = (name: string, from: string) => `
  ${name}(owner_id) as (
    (${nextOwner(from)})
    union all
    select next.owner_id from ${name} o cross join lateral (${nextOwner("owner_id > o.owner_id")}) next)`;

const CLAIM_RUNS = `
with recursive ${walk("ahead", "owner_id > $3")}, ${walk("around", "true")},
owners as (
  select owner_id, (row_number() over ())::int as turn
    from (select owner_id from ahead union all (select owner_id from around where owner_id <= $3)) o limit $6
), ready as (
  select r.id, o.owner_id, r.wake_at as since, o.turn
    from owners o cross join lateral (
      select id, wake_at from run where due and owner_id = o.owner_id and lease_until is null
       order by wake_at limit $1) r
  union all
  select * from (
    select id, owner_id, lease_until, null::int from run
     where lease_until < now() and fault is null order by lease_until limit ${LAPSED_AT_ONCE}) lapsed
), ranked as (
  select id, owner_id, turn, row_number() over (partition by owner_id order by since) as place from ready
), chosen as (
  select k.id, k.turn from ranked k left join unnest($4::text[], $5::int[]) as h(owner_id, runs) using (owner_id)
   where k.place <= $7 - coalesce(h.runs, 0) order by k.place, k.turn limit $1
), locked as (
  select id from run where id = any(array(select id from chosen)) and ${FREE} and ${STILL_READY}
   order by id for update skip locked
), taken as (
  update run r set token = r.token + 1, wake_at = null, lease_until = now() + $2 * interval '1 millisecond'
   where r.id = any(array(select id from locked))
  returning r.id, r.owner_id, r.token, r.plan_hash, r.seq)
select t.*, c.turn, (select count(*) from ready) > (select count(*) from chosen) as more,
       (select count(*) from chosen) > (select count(*) from locked) as locked
  from (values (1)) as one left join taken t on true left join chosen c on c.id = t.id`;

/**
 * Takes runs that are due or whose worker is gone, one from each owner before a second from any, and raises their token:
 * from here on no earlier holder can write. To set `wake_at` to null says that no mail has come since; whoever writes
 * sets it again.
 */
export async function claim(pool: Pool, wanted: Claim): Promise<Claims> {
  const { limit, leaseMs, each = limit, held = new Map<AccountId, number>(), after = "" } = wanted;
  const { rows } = await pool.query<(Row | { id: null }) & { more: boolean; locked: boolean }>({
    name: "claim_runs",
    text: CLAIM_RUNS,
    // Owners who have as many as they may take a turn and are given nothing: they must not use the turns up.
    values: [limit, leaseMs, after, [...held.keys()], [...held.values()], limit + held.size, each],
  });
  const taken = rows.filter((row): row is Row & { more: boolean; locked: boolean } => row.id !== null);
  const last = taken.reduce<Row | null>((to, row) => ((row.turn ?? 0) > (to?.turn ?? 0) ? row : to), null);
  return {
    claimed: taken.map(({ id, owner_id, token, plan_hash, seq }) => ({
      ...{ run: id, owner: owner_id, token: BigInt(token), planHash: plan_hash, seq },
    })),
    more: rows[0]?.more ?? false,
    locked: rows[0]?.locked ?? false,
    after: last?.owner_id ?? after,
  };
}

const WOKEN_AT_ONCE = 1_000;

/** Says of parked runs whose time has come that they are due. Mail says so itself. */
export async function wakeSleepers(pool: Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query({
      name: "wake_sleepers",
      text: `update run set due = true where id = any(array(
               select id from run where wake_at is not null and not due and fault is null and wake_at <= now()
                order by wake_at limit ${WOKEN_AT_ONCE} for update skip locked))`,
    });
    if ((rowCount ?? 0) < WOKEN_AT_ONCE) return;
  }
}

/** How long until a parked run is due or a lease runs out; null when there is neither. Units: milliseconds. */
export async function untilNextDue(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>({
    name: "next_due",
    text: `select ceil(extract(epoch from least(
               (select min(wake_at) from run where wake_at is not null and not due and fault is null),
               (select min(lease_until) from run where lease_until > now())) - now()) * 1000)::float8 as ms`,
  });
  return rows[0]?.ms ?? null;
}
