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
      if (there && sameQuestion(there, wanted)) return { ok: true, value: { operation } };
      return { ok: false, error: { code: "operation_reused", operation } };
    },
    async withdraw(operation: OperationId) {
      await pool.query("update question set state = 'withdrawn' where operation = $1 and state = 'open'", [operation]);
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

function sameQuestion(there: Row, wanted: Row): boolean {
  return there.subject === wanted.subject && toStored(there.approvers) === toStored(wanted.approvers);
}
