import { AccountId, Capacity, type Digest, OperationId, RunId } from "@/flows/basics/ids";
import type { Asked } from "@/flows/plan/agreement";
import type { Evidence } from "@/flows/plan/evidence";
import { fromStored } from "@/flows/plan/stored";
import type { QuestionBody } from "@/flows/ports/approvals";
import { askedAfter, type Edit, timesChanged } from "@/flows/run/edits";
import type { Vote } from "@/flows/run/votes";
import type { Prisma, PrismaClient, Question, QuestionVote } from "@/generated/prisma/client";
import { asks } from "./asks";
import { countOpen } from "./count-open";
import { askedOf } from "./seats-held";
import { votesCounted } from "./votes-counted";

export type QuestionState = "open" | "answered" | "timed_out" | "withdrawn" | "replaced";

/** A question as people see it. `about` is read from the very bytes whose digest is `subject`. */
export type AskedQuestion = {
  operation: OperationId;
  run: RunId;
  flow: string | null;
  subject: Digest;
  about: QuestionBody;
  asked: Asked;
  approvers: readonly AccountId[];
  until: Date;
  state: QuestionState;
  answer: "approved" | "denied" | null;
  answeredBy: AccountId | null;
  answeredAt: Date | null;
  /** When people could not be told of it. */
  undeliveredAt: Date | null;
  createdAt: Date;
  votes: readonly GivenVote[];
};

/** An answer that somebody has given; `edits` are what they changed by it. */
export type GivenVote = Vote & { edits: readonly Edit[] };

/** What else has happened to a question. `rung` counts the steps of its ladder, from 1. */
export type QuestionNote = { kind: "reminded" | "escalated" | "undelivered"; rung: number; people: string[]; at: Date };

export type QuestionFilter = {
  state: "open" | "settled";
  flow?: string | undefined;
  /** Words of the question. */
  text?: string | undefined;
  /** Only what is over within the hour, or only what people could not be told of. */
  urgency?: "soon" | "undelivered" | undefined;
  take?: number | undefined;
  /** The last question of the page before this one. */
  after?: QuestionPlace | undefined;
};

/** Where a question stands in a list: those that were put at one moment, by their operations. */
export type QuestionPlace = { createdAt: Date; operation: string };

export type QuestionsRepo = {
  /** Those that this person is asked, the oldest open one first, then the latest settled ones. */
  list(approver: AccountId, filter: QuestionFilter): Promise<AskedQuestion[]>;
  find(viewer: AccountId, operation: OperationId): Promise<AskedQuestion | null>;
  notes(operation: OperationId): Promise<QuestionNote[]>;
  /** The answers that changed a question into this one, the first change first. */
  changes(operation: OperationId): Promise<GivenVote[]>;
  countOpen(approver: AccountId): Promise<number>;
  /** What those who have not answered could still come to, were they all to agree; null where nobody wrote down whom it asks. */
  reach(operation: OperationId): Promise<number | null>;
  /** Whoever answered a question of a run that this person started, or was stood in for, by name. */
  voters(payer: AccountId, run: RunId): Promise<{ id: AccountId; name: string }[]>;
};

const MOST = 1_000;
const UNLESS_TOLD = { open: MOST, settled: 50 };
const SOON_MS = 3_600_000;

export function questionsRepo(db: PrismaClient): QuestionsRepo {
  return {
    async list(approver, { state, flow, text, urgency, after, take = UNLESS_TOLD[state] }) {
      const order = state === "open" ? "asc" : "desc";
      const rows = await db.question.findMany({
        where: {
          AND: [await asks(db, approver), after ? beyond(after, order) : {}],
          state: state === "open" ? "open" : { notIn: ["open", "replaced"] },
          ...(flow ? { flowId: flow } : {}),
          ...(text ? { about: { contains: text, mode: "insensitive" } } : {}),
          ...(urgency === "soon" ? { until: { lt: new Date(Date.now() + SOON_MS) } } : {}),
          ...(urgency === "undelivered" ? { undeliveredAt: { not: null } } : {}),
        },
        orderBy: [{ createdAt: order }, { operation: order }],
        take: Math.min(take, MOST),
      });
      const votes = await votesCounted(db, rows);
      return rows.map((row) => asked(row, votes.get(row.operation) ?? []));
    },
    async find(viewer, operation) {
      const row = await db.question.findFirst({
        where: { operation, about: { not: "" }, OR: [await asks(db, viewer), { payer: viewer }] },
      });
      if (!row) return null;
      return asked(row, (await votesCounted(db, [row])).get(operation) ?? []);
    },
    async notes(operation) {
      const rows = await db.questionNote.findMany({ where: { operation }, orderBy: { id: "asc" } });
      return rows.map(({ kind, rung, people, at }) => ({ kind: kind as QuestionNote["kind"], rung, people, at }));
    },
    async changes(operation) {
      const before = Array.from({ length: timesChanged(operation) }, (_, times) => askedAfter(operation, times));
      const rows = await db.questionVote.findMany({
        where: { operation: { in: before }, edits: { not: null } },
        orderBy: [{ at: "asc" }, { person: "asc" }],
      });
      // Each was taken once, whatever else was sent to it.
      return before.flatMap((each) => rows.find((row) => row.operation === each) ?? []).map(voteOf);
    },
    countOpen: (approver) => countOpen(db, approver),
    async reach(operation) {
      const [row] = await db.$queryRaw<{ left: number; seats: number }[]>`
        select coalesce(sum(weight) filter (where holds and not counted), 0)::int as left, count(*)::int as seats
          from (select a.person, max(a.weight) filter (where holds_capacity(a.person, a.capacity)) as weight,
                       bool_or(holds_capacity(a.person, a.capacity)) as holds,
                       a.person in (select person from counted_in(${operation})) as counted
                  from question_asked a where a.operation = ${operation} group by a.person) each`;
      return row && row.seats > 0 ? row.left : null;
    },
    async voters(payer, run) {
      const rows = await db.$queryRaw<{ id: string; name: string }[]>`
        select distinct u.id, u.name
          from question q join question_vote v on v.operation = q.operation
          join "user" u on u.id in (v.person, v.in_place_of)
         where q.run_id = ${run} and q.payer = ${payer} order by u.id`;
      return rows.map(({ id, name }) => ({ id: AccountId.parse(id), name }));
    },
  };
}

/** By what the rows hold and not by how many there were: whatever is answered meanwhile, none is left out or told twice. */
function beyond({ createdAt, operation }: QuestionPlace, order: "asc" | "desc"): Prisma.QuestionWhereInput {
  const way = order === "asc" ? "gt" : "lt";
  return { OR: [{ createdAt: { [way]: createdAt } }, { createdAt, operation: { [way]: operation } }] };
}

function asked(row: Question, votes: readonly QuestionVote[]): AskedQuestion {
  const { until, answeredAt, createdAt, undeliveredAt } = row;
  return {
    operation: OperationId.parse(row.operation),
    run: RunId.parse(row.runId),
    flow: row.flowId,
    subject: row.subject as Digest,
    about: fromStored<QuestionBody>(row.about),
    asked: askedOf(row),
    approvers: row.approvers.map((approver) => AccountId.parse(approver)),
    state: row.state as QuestionState,
    answer: row.answer as AskedQuestion["answer"],
    answeredBy: row.answeredBy ? AccountId.parse(row.answeredBy) : null,
    ...{ until, answeredAt, createdAt, undeliveredAt },
    votes: votes.map(voteOf),
  };
}

function voteOf({
  person,
  capacity,
  inPlaceOf,
  answer,
  weight,
  at,
  evidence,
  comment,
  edits,
}: QuestionVote): GivenVote {
  return {
    by: AccountId.parse(person),
    as: Capacity.parse(capacity),
    ...(inPlaceOf ? { of: AccountId.parse(inPlaceOf) } : {}),
    answer: answer as Vote["answer"],
    weight,
    atMs: at.getTime(),
    evidence: fromStored<Evidence>(evidence),
    ...(comment ? { comment } : {}),
    edits: edits ? fromStored<Edit[]>(edits) : [],
  };
}
