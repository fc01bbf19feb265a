import type { Pool, PoolClient } from "pg";
import type { RunId } from "@/flows/basics/ids";

/** A question that has come to the next step of its ladder: who is asked as well, or who is reminded. */
export type Climbed = { operation: string; run: RunId; rung: number; people: readonly string[]; isReminder: boolean };

const AT_ONCE = 100;

/**
 * Takes questions whose next step has come, each by one worker: whoever stands on it is asked from now on, and where nobody
 * new does, everybody who was asked is reminded. Open screens of theirs are told with the commit; who is asked anew hears of it
 * as a notice, too (prisma/migrations/0024_channels).
 */
export async function climb(pool: Pool): Promise<Climbed[]> {
  const { rows } = await pool.query<{
    operation: string;
    run_id: RunId;
    rung: number;
    people: string[];
    fresh: number;
  }>(
    `with due as (
       select operation, rung + 1 as rung from question
        where state = 'open' and escalate_at <= now() order by escalate_at limit $1 for update skip locked
     ), added as (
       select d.operation, d.rung, coalesce(array_agg(distinct a.person) filter (where a.rung = d.rung and holds_capacity(a.person, a.capacity)), '{}') as people
         from due d left join question_asked a on a.operation = d.operation group by 1, 2
     ), moved as (
       update question q
          set rung = a.rung,
              approvers = (select array_agg(distinct person) from unnest(q.approvers || a.people) person),
              escalate_at = (
                select min(at_ms) from (
                  select timestamptz 'epoch' + r.at_ms * interval '1 millisecond' as at_ms
                    from unnest(q.rungs) with ordinality as r(at_ms, n) where r.n > a.rung) later)
         from added a where q.operation = a.operation
       returning q.operation, q.run_id, a.rung, cardinality(a.people) as fresh,
                 case when cardinality(a.people) > 0 then a.people 
                      else array(select distinct person from still_asked(q.operation) where in_place_of is null) end as people
     ), noted as (
       insert into question_note (operation, kind, rung, people)
       select operation, case when fresh > 0 then 'escalated' else 'reminded' end, rung, people from moved
     ), told as (
       select pg_notify('run_moved', string_agg(r.id || ':' || r.seq || ':' || r.status, ','))
         from run r where r.id in (select run_id from moved)
     ), reminded as (
       select tell_happening('approval_reminder', operation, run_id, people) from moved where fresh = 0
     )
     select moved.*, (select count(*) from told), (select count(*) from reminded) from moved`,
    [AT_ONCE],
  );
  return rows.map(({ operation, run_id: run, rung, people, fresh }) => ({
    ...{ operation, run, rung, people },
    isReminder: fresh === 0,
  }));
}

/** How long until a question climbs; null when none does. Units: milliseconds. */
export async function untilNextStep(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>(
    `select (extract(epoch from min(escalate_at) - now()) * 1000)::float8 as ms
       from question where escalate_at is not null and state = 'open'`,
  );
  return rows[0]?.ms ?? null;
}

/**
 * Says that people could not be told of a question, and brings its next step forward: whoever comes after them is asked at
 * once.
 */
export async function undelivered(
  pool: Pool | PoolClient,
  operation: string,
  people: readonly string[],
): Promise<void> {
  await pool.query(
    `with missed as (
       update question set undelivered_at = coalesce(undelivered_at, now()),
              escalate_at = case when escalate_at is null then null else now() end
        where operation = $1 and state = 'open' returning operation, rung, run_id
     ), early as (
       update question_asked a set from_at = now() from missed m where a.operation = m.operation and a.rung = m.rung + 1
     ), told as (
       select pg_notify('run_moved', string_agg(r.id || ':' || r.seq || ':' || r.status, ','))
         from run r where r.id in (select run_id from missed)
     )
     insert into question_note (operation, kind, rung, people)
     select operation, 'undelivered', rung, $2 from missed where (select count(*) from told) >= 0`,
    [operation, people],
  );
}
