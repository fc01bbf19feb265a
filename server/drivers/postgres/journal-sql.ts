/** Whole milliseconds since the epoch, to the column's own type and without a detour over floating point. */
const time = (ms: string) => `timestamptz 'epoch' + ${ms} * interval '1 millisecond'`;

/** What a write may carry beside the run itself. Each part takes the arrays of its columns, and is left out when it has none. */
export type Part = keyof typeof PARTS;
type Columns = Readonly<Record<string, "bigint" | "boolean" | "int" | "text">>;
type PartOfWrite = { columns: Columns; sql(rows: string): string };

const RUN: Columns = {
  id: "text",
  token: "bigint",
  seq_before: "int",
  seq_after: "int",
  status: "text",
  spent: "bigint",
  outcome: "text",
  finished_ms: "bigint",
  parks: "boolean",
  wake_ms: "bigint",
  chunk: "int",
};

/** Everything is written for the runs in `moved` alone. */
const PARTS = {
  events: {
    columns: { id: "text", seq: "int", event: "text", at_ms: "bigint" },
    sql: (rows) => `insert into run_event (run_id, seq, event, at)
      select e.id, e.seq, e.event, ${time("e.at_ms")} from ${rows} as e join moved using (id)`,
  },
  snapshots: {
    columns: { id: "text", seq: "int", state: "text" },
    sql: (rows) => `insert into run_snapshot (run_id, seq, state)
      select s.id, s.seq, s.state from ${rows} as s join moved using (id)
      on conflict (run_id) do update set seq = excluded.seq, state = excluded.state`,
  },
  dropped: {
    columns: { id: "text", kind: "text", operation: "text" },
    sql: (rows) => `delete from run_outbox o using ${rows} as d join moved using (id)
      where o.run_id = d.id and o.operation = d.operation and o.kind = d.kind`,
  },
  put: {
    columns: { id: "text", kind: "text", operation: "text", command: "text", due_ms: "bigint", sent: "boolean" },
    sql: (rows) => `insert into run_outbox (run_id, kind, operation, command, due_at, sent_at)
      select p.id, p.kind, p.operation, p.command, ${time("p.due_ms")}, case when p.sent then now() end
        from ${rows} as p join moved using (id)
      on conflict (run_id, operation, kind)
      do update set command = excluded.command, due_at = excluded.due_at, sent_at = excluded.sent_at`,
  },
  letters: {
    columns: { id: "text", letter: "bigint" },
    sql: (rows) => `delete from run_inbox i using ${rows} as m join moved using (id)
      where i.id = m.letter and i.run_id = m.id`,
  },
  buried: {
    columns: { id: "text", letter: "bigint", cause: "text" },
    sql: (rows) => `insert into dead_letter (run_id, owner_id, key, event, cause, written_at)
      select r.id, r.owner_id, i.key, i.event, d.cause, i.created_at from ${rows} as d join moved using (id)
        join run r on r.id = d.id join run_inbox i on i.id = d.letter and i.run_id = d.id
      returning run_id`,
  },
  receipts: {
    columns: { id: "text", place: "int", body: "text", hash: "text", signature: "text", key_id: "text" },
    sql: (rows) => `insert into receipt (run_id, place, body, hash, signature, key_id)
      select c.id, c.place, c.body, c.hash, c.signature, c.key_id from ${rows} as c join moved using (id)`,
  },
  settled: {
    columns: { id: "text", operation: "text", state: "text", answer: "text", by: "text", at_ms: "bigint" },
    sql: (rows) => `update question q
        set state = a.state, answer = a.answer, answered_by = a.by, answered_at = ${time("a.at_ms")}
       from ${rows} as a join moved using (id)
      where q.operation = a.operation and q.state = 'open'`,
  },
} as const satisfies Record<string, PartOfWrite>;

/**
 * One statement, so one transaction and one flush, for the writes of many runs. `moved` is the fence: a run whose token
 * or sequence is another by now is not in it. Rows are locked in the order of their ids, so that two workers cannot wait
 * for each other. The last line tells live screens. Parameters are the columns of the runs, then those of each part.
 */
export function writeJournal(parts: readonly Part[]): string {
  let used = 0;
  const unnested = (name: string, columns: Columns) => {
    const arrays = Object.values(columns).map((type) => {
      used += 1;
      return `$${used}::${type}[]`;
    });
    return `(select * from unnest(${arrays.join(", ")}) as ${name}(${Object.keys(columns).join(", ")}))`;
  };
  const held = `
  select g.* from run r join ${unnested("g", RUN)} g on g.id = r.id
   where r.token = g.token and r.seq = g.seq_before and r.lease_until is not null and r.fault is null
   order by r.id for update of r`;
  const moved = `
  update run r
     set seq = g.seq_after, status = g.status, spent = g.spent, outcome = g.outcome,
         finished_at = coalesce(r.finished_at, ${time("g.finished_ms")}),
         lease_until = case when g.parks then null else r.lease_until end,
         wake_at = case when g.parks then least(r.wake_at, ${time("g.wake_ms")}) else r.wake_at end
    from held g
   where r.id = g.id and r.token = g.token and r.seq = g.seq_before
  returning r.id, r.seq, r.status, r.seq > g.seq_before as grew, coalesce(r.wake_at <= now() + interval '1 millisecond', false) as mail_waits, g.chunk`;
  const written = parts.map((part) => `, ${part} as (${PARTS[part].sql(unnested("given", PARTS[part].columns))})`);
  const news = parts.includes("buried") ? "grew or id in (select run_id from buried)" : "grew";
  return `
with held as materialized (${held}
), moved as (${moved}
)${written.join("")}, told as (
  select pg_notify('run_moved', string_agg(id || ':' || seq || ':' || status, ',')) from moved where ${news} group by chunk
)
select m.id, m.mail_waits, (select count(*) from told) as told from moved m`;
}
