import type { Pool } from "pg";
import type { OperationId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { toStored } from "@/flows/plan/stored";
import type { ApprovalsPort, Question } from "@/flows/ports/approvals";

type Row = { subject: string; about: string; approvers: string[] };

/**
 * Questions as rows, from which the inbox is drawn. What people are shown is the text that the digest was taken over.
 * Errors: throws when the database is lost, as it does for a bug; whoever asks puts the same question again later.
 */
export function postgresApprovals(pool: Pool): ApprovalsPort {
  return {
    async ask(question) {
      const { operation, approvers, subject, about } = question;
      if (digestOf(about) !== subject) throw new TypeError(`${operation} is not about what it says it is`);
      const wanted: Row = { subject, about: toStored(about), approvers: [...approvers] };
      const { rowCount } = await put(pool, question, wanted);
      if (rowCount === 1) return { ok: true, value: { operation } };
      const { rows } = await pool.query<Row>("select subject, about, approvers from question where operation = $1", [
        operation,
      ]);
      const [there] = rows;
      if (there && (neverPut(there) || sameQuestion(there, wanted))) return { ok: true, value: { operation } };
      return { ok: false, error: { code: "operation_reused", operation } };
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

function put(pool: Pool, { operation, about, untilMs }: Question, wanted: Row) {
  return pool.query(
    `insert into question (operation, run_id, subject, about, approvers, until)
     values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0)) on conflict (operation) do nothing`,
    [operation, about.run, wanted.subject, wanted.about, wanted.approvers, untilMs],
  );
}

/** A question that was taken back before it came keeps its place, before nobody, so that it finds it taken when it comes. */
function neverPut({ approvers, about }: Row): boolean {
  return approvers.length === 0 && about === "";
}

function sameQuestion(there: Row, wanted: Row): boolean {
  return there.subject === wanted.subject && toStored(there.approvers) === toStored(wanted.approvers);
}
