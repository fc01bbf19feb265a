import type { Pool } from "pg";
import type { OperationId } from "@/flows/basics/ids";
import { agreementOf, isGroup, type Seat, seatsOf } from "@/flows/plan/agreement";
import { digestOf } from "@/flows/plan/digest";
import { toStored } from "@/flows/plan/stored";
import { type ApprovalsError, type ApprovalsPort, MOST_OPEN, type Question } from "@/flows/ports/approvals";
import { afterWorking } from "@/flows/triggers/working-hours";
import { isConnectionLost } from "../connection";

type Row = { subject: string; about: string; asked: string };

/**
 * Questions as rows, from which the inbox is drawn. What people are shown is the text that the digest was taken over, and who
 * is in a group is written down as it is now. Whatever goes wrong while a question is set up, it is refused, which denies.
 * Errors: throws when the database is lost alone; whoever asks puts the same question again later.
 */
export function postgresApprovals(pool: Pool, most = MOST_OPEN): ApprovalsPort {
  return {
    async ask(question) {
      try {
        return await setUp({ pool, most }, question);
      } catch (problem) {
        if (isConnectionLost(problem)) throw problem; // put again later, under the same id
        const reason = problem instanceof Error ? problem.message : String(problem);
        return { ok: false, error: { code: "question_faulty", reason } };
      }
    },
    async withdraw(operation: OperationId) {
      await pool.query(
        `insert into question as q (operation, run_id, subject, about, approvers, until, state)
         values ($1, $2, '', '', '{}', now(), 'withdrawn')
         on conflict (operation) do update set state = 'withdrawn' where q.state = 'open'`,
        [operation, operation.split("/")[0]],
      );
    },
  };
}

type Desk = { pool: Pool; most: number };

/** Puts a question before people, once. Errors: whatever goes wrong on the way. */
async function setUp({ pool, most }: Desk, question: Question): ReturnType<ApprovalsPort["ask"]> {
  const { operation, subject, about } = question;
  if (digestOf(about) !== subject) throw new TypeError(`${operation} is not about what it says it is`);
  const wanted: Row = { subject, about: toStored(about), asked: toStored(question.asked) };
  if ((await put({ pool, most }, question, wanted)) === "put") return { ok: true, value: { operation } };
  const { rows } = await pool.query<Row>("select subject, about, asked from question where operation = $1", [
    operation,
  ]);
  const [there] = rows;
  if (!there) return { ok: false, error: await whyNot({ pool, most }, question) };
  if (isNeverPut(there) || isSame(there, wanted)) return { ok: true, value: { operation } };
  return { ok: false, error: { code: "operation_reused", operation } };
}

/** One statement: a question without those whom it asks would stand before nobody. */
async function put(
  { pool, most }: Desk,
  { operation, asked, about, untilMs }: Question,
  wanted: Row,
): Promise<"put" | "not put"> {
  const { least, starter } = agreementOf(asked);
  const seats = seatsOf(asked, about.payer);
  const times = rungTimes(asked, { fromMs: about.askedAtMs, untilMs });
  const { rowCount } = await pool.query(PUT, [
    ...[operation, about.run, wanted.subject, wanted.about, wanted.asked, about.payer, untilMs, least],
    starter === "barred",
    ...columnsOf(seats, times),
    times.slice(1),
    most,
  ]);
  return rowCount === 1 ? "put" : "not put";
}

async function whyNot({ pool, most }: Desk, { about }: Question): Promise<ApprovalsError> {
  const { rows } = await pool.query<{ open: number }>(`select (${OPEN_OF("$1", "$2")})::int as open`, [
    about.payer,
    most,
  ]);
  return (rows[0]?.open ?? 0) >= most ? { code: "questions_too_many", most } : { code: "approvers_missing" };
}

/** How many questions of a payer wait, counted so far and no further. Many that are put at once go over it by as many. */
const OPEN_OF = (payer: string, most: string) =>
  `select count(*) from (select 1 from question where payer = ${payer} and state = 'open' limit ${most}::int) waiting`;

/** People of an organisation are asked by runs of its members alone. */
const PUT = `
with seat as (
  select * from unnest($10::text[], $11::text[], $12::text[], $13::text[], $14::int[], $15::int[], $16::bigint[])
    as s(capacity, kind, org, name, weight, rung, from_ms)
), people as (
  select s.*, u.id as person from seat s join "user" u on s.kind = 'person' and u.id = s.capacity
  union all
  select s.*, g.user_id from seat s join group_member g on s.kind = 'group' and g.org_id = s.org and g.name = s.name
  union all
  select s.*, m.user_id from seat s join membership m on s.kind = 'role' and m.org_id = s.org and s.name = any(m.roles)
), asked as (
  select p.* from people p
   where not ($9::boolean and p.person = $6)
     and (p.kind = 'person' or exists (select 1 from membership m where m.org_id = p.org and m.user_id = $6))
), put as (
  insert into question (operation, run_id, subject, about, asked, payer, flow_id, approvers, until, rungs, escalate_at)
  select $1, $2, $3, $4, $5, $6, (select flow_id from run where id = $2),
         coalesce((select array_agg(distinct person) from asked where rung = 0), '{}'),
         timestamptz 'epoch' + $7::bigint * interval '1 millisecond',
         $17::bigint[], timestamptz 'epoch' + ($17::bigint[])[1] * interval '1 millisecond'
   where (select coalesce(sum(weight), 0) from (select max(weight) as weight from asked group by person) each) >= $8::int
     and (${OPEN_OF("$6", "$18")}) < $18::int
  on conflict (operation) do nothing returning operation
), noted as (
  insert into question_asked (operation, person, capacity, weight, rung, from_at)
  select put.operation, a.person, a.capacity, a.weight, a.rung, timestamptz 'epoch' + a.from_ms * interval '1 millisecond'
    from put, asked a
)
select operation from put`;

function columnsOf(seats: readonly Seat[], times: readonly number[]): unknown[] {
  const parts = seats.map(({ as }) => partsOf(as));
  return [
    seats.map(({ as }) => as),
    parts.map(({ kind }) => kind),
    parts.map(({ org }) => org),
    parts.map(({ name }) => name),
    seats.map(({ weight }) => weight),
    seats.map(({ rung }) => rung),
    seats.map(({ rung }) => times[rung] ?? times[0]),
  ];
}

function partsOf(as: Seat["as"]): { kind: string; org: string | null; name: string | null } {
  if (!isGroup(as)) return { kind: "person", org: null, name: null };
  const [kind = "", path = ""] = as.slice(1).split(":");
  const [org = "", name = ""] = path.split("/");
  return { kind, org, name };
}

/** When each rung is asked, the first at once. One that would come after the time to answer never does. Units: milliseconds. */
function rungTimes(asked: Question["asked"], { fromMs, untilMs }: { fromMs: number; untilMs: number }): number[] {
  const later = agreementOf(asked).ladder.map(({ afterMs, hours }) =>
    hours ? afterWorking(hours, fromMs, afterMs) : fromMs + afterMs,
  );
  return [fromMs, ...later.map((atMs) => Math.min(atMs ?? untilMs, untilMs))];
}

/** A question that was taken back before it came keeps its place, before nobody, so that it finds it taken when it comes. */
function isNeverPut({ asked, about }: Row): boolean {
  return asked === "" && about === "";
}

function isSame(there: Row, wanted: Row): boolean {
  return there.subject === wanted.subject && there.asked === wanted.asked;
}
