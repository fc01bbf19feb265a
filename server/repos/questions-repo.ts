import { AccountId, type Digest, OperationId, RunId } from "@/flows/basics/ids";
import { fromStored } from "@/flows/plan/stored";
import type { QuestionBody } from "@/flows/ports/approvals";
import type { PrismaClient, Question } from "@/generated/prisma/client";

export type QuestionState = "open" | "answered" | "timed_out" | "withdrawn";

/** A question as people see it. `about` is read from the very bytes whose digest is `subject`. */
export type AskedQuestion = {
  operation: OperationId;
  run: RunId;
  subject: Digest;
  about: QuestionBody;
  approvers: readonly AccountId[];
  until: Date;
  state: QuestionState;
  answer: "approved" | "denied" | null;
  answeredBy: AccountId | null;
  answeredAt: Date | null;
  createdAt: Date;
};

export type QuestionsRepo = {
  /** Those that this person is asked, the oldest open one first, then the latest settled ones. */
  list(approver: AccountId, state: "open" | "settled"): Promise<AskedQuestion[]>;
  find(approver: AccountId, operation: OperationId): Promise<AskedQuestion | null>;
  countOpen(approver: AccountId): Promise<number>;
};

export function questionsRepo(db: PrismaClient): QuestionsRepo {
  return {
    async list(approver, state) {
      const rows = await db.question.findMany({
        where: { approvers: { has: approver }, state: state === "open" ? "open" : { not: "open" } },
        orderBy: state === "open" ? { createdAt: "asc" } : { createdAt: "desc" },
        take: state === "open" ? 1_000 : 50,
      });
      return rows.map(asked);
    },
    async find(approver, operation) {
      const row = await db.question.findFirst({ where: { operation, approvers: { has: approver } } });
      return row ? asked(row) : null;
    },
    countOpen: (approver) => db.question.count({ where: { approvers: { has: approver }, state: "open" } }),
  };
}

function asked(row: Question): AskedQuestion {
  const { until, answeredAt, createdAt } = row;
  return {
    operation: OperationId.parse(row.operation),
    run: RunId.parse(row.runId),
    subject: row.subject as Digest,
    about: fromStored<QuestionBody>(row.about),
    approvers: row.approvers.map((approver) => AccountId.parse(approver)),
    state: row.state as QuestionState,
    answer: row.answer as AskedQuestion["answer"],
    answeredBy: row.answeredBy ? AccountId.parse(row.answeredBy) : null,
    ...{ until, answeredAt, createdAt },
  };
}
