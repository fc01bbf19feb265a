/** Whole milliseconds since the epoch, to the column's own type and without a detour over floating point. */
const time = (ms: string) => `timestamptz 'epoch' + ${ms} * interval '1 millisecond'`;

/**
 * One statement, so one transaction and one flush, for the writes of many runs. `moved` is the fence: a run whose token
 * or sequence is another by now is not in it, and everything else is written for the runs in it alone. Rows are locked
 * in the order of their ids, so that two workers cannot wait for each other. The last line tells live screens.
 */
export const WRITE_JOURNAL = `
with given as (
  select * from unnest($1::text[], $2::bigint[], $3::int[], $4::int[], $5::text[], $6::bigint[], $7::text[], $8::bigint[],
                       $9::boolean[], $10::bigint[], $11::int[])
    as g(id, token, seq_before, seq_after, status, spent, outcome, finished_ms, parks, wake_ms, chunk)
), held as materialized (
  select r.id from run r join given g on g.id = r.id
   where r.token = g.token and r.seq = g.seq_before and r.lease_until is not null and r.fault is null
   order by r.id for update of r
), moved as (
  update run r
     set seq = g.seq_after, status = g.status, spent = g.spent, outcome = g.outcome,
         finished_at = coalesce(r.finished_at, ${time("g.finished_ms")}),
         lease_until = case when g.parks then null else r.lease_until end,
         wake_at = case when g.parks then least(r.wake_at, ${time("g.wake_ms")}) else r.wake_at end
    from given g join held h on h.id = g.id
   where r.id = g.id and r.token = g.token and r.seq = g.seq_before
  returning r.id, r.seq, r.status, r.seq > g.seq_before as grew, coalesce(r.wake_at <= now(), false) as mail_waits, g.chunk
), events as (
  insert into run_event (run_id, seq, event, at)
  select e.id, e.seq, e.event, ${time("e.at_ms")}
    from unnest($12::text[], $13::int[], $14::text[], $15::bigint[]) as e(id, seq, event, at_ms) join moved using (id)
), snapshots as (
  insert into run_snapshot (run_id, seq, state)
  select s.id, s.seq, s.state from unnest($16::text[], $17::int[], $18::text[]) as s(id, seq, state) join moved using (id)
  on conflict (run_id) do update set seq = excluded.seq, state = excluded.state
), dropped as (
  delete from run_outbox o using unnest($19::text[], $20::text[], $21::text[]) as d(id, kind, operation) join moved using (id)
   where o.run_id = d.id and o.operation = d.operation and o.kind = d.kind
), put as (
  insert into run_outbox (run_id, kind, operation, command, due_at, sent_at)
  select p.id, p.kind, p.operation, p.command, ${time("p.due_ms")}, case when p.sent then now() end
    from unnest($22::text[], $23::text[], $24::text[], $25::text[], $26::bigint[], $27::boolean[])
      as p(id, kind, operation, command, due_ms, sent) join moved using (id)
  on conflict (run_id, operation, kind)
  do update set command = excluded.command, due_at = excluded.due_at, sent_at = excluded.sent_at
), read as (
  delete from run_inbox i using unnest($28::text[] || $42::text[], $29::bigint[] || $43::bigint[]) as m(id, letter) join moved using (id)
   where i.id = m.letter and i.run_id = m.id
), buried as (
  insert into dead_letter (run_id, owner_id, key, event, cause, written_at)
  select r.id, r.owner_id, i.key, i.event, d.cause, i.created_at
    from unnest($42::text[], $43::bigint[], $44::text[]) as d(id, letter, cause) join moved using (id)
    join run r on r.id = d.id join run_inbox i on i.id = d.letter and i.run_id = d.id
), receipts as (
  insert into receipt (run_id, place, body, hash, signature, key_id)
  select c.id, c.place, c.body, c.hash, c.signature, c.key_id
    from unnest($30::text[], $31::int[], $32::text[], $33::text[], $34::text[], $35::text[])
      as c(id, place, body, hash, signature, key_id) join moved using (id)
), answered as (
  update question q
     set state = a.state, answer = a.answer, answered_by = a.by, answered_at = ${time("a.at_ms")}
    from unnest($36::text[], $37::text[], $38::text[], $39::text[], $40::text[], $41::bigint[])
      as a(id, operation, state, answer, by, at_ms) join moved using (id)
   where q.operation = a.operation and q.state = 'open'
), told as (
  select pg_notify('run_moved', string_agg(id || ':' || seq || ':' || status, ',')) from moved where grew or id = any($42::text[]) group by chunk
)
select m.id, m.mail_waits, (select count(*) from told) as told from moved m`;
