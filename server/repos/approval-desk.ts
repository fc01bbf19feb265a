import { AccountId, type Digest, type OperationId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Asked } from "@/flows/plan/agreement";
import { toStored } from "@/flows/plan/stored";
import type { Edit } from "@/flows/run/edits";
import type { Answer } from "@/flows/run/events";
import type { Vote } from "@/flows/run/votes";
import type { Prisma, PrismaClient, QuestionVote } from "@/generated/prisma/client";
import { MOST_UNREAD } from "./inbox-repo";
import type { QuestionState } from "./questions-repo";
import { askedOf, type HeldSeat, seatsHeld } from "./seats-held";
import { votesCounted } from "./votes-counted";

/** All that it takes to judge an answer, as it is at one moment. `about` is the question's text, byte for byte. */
export type DeskFacts = {
  run: RunId;
  subject: Digest;
  about: string;
  asked: Asked;
  payer: AccountId | null;
  untilMs: number;
  state: QuestionState;
  seats: readonly HeldSeat[];
  /** Whether they were asked when the question was put, whatever they are by now. */
  wasAsked: boolean;
  /** Those that count for it, the yes of whoever changed another question into it among them. */
  votes: readonly DeskVote[];
  /** The yes that came with a change of this one: whatever is said after that is about another question. */
  change: DeskVote | null;
};
type DeskVote = Pick<Vote, "by" | "of" | "answer" | "weight">;

/** What is written down of an answer, and what the run is told. Whoever withdraws a question has no vote. */
export type GivenAnswer = {
  run: RunId;
  key: string;
  letter: Extract<Answer, { type: "approval_answered" }>;
  vote: WrittenVote | null;
};
type WrittenVote = Omit<Vote, "by" | "of" | "comment"> & {
  of: AccountId | null;
  comment: string | null;
  edits: readonly Edit[] | null;
  subject: Digest;
  seen: string;
  proof: string | null;
};

export type DeskError = { code: "question_not_found" } | { code: "answer_given" } | { code: "mail_full"; run: RunId };
type Who = { by: AccountId; operation: OperationId };

/** Takes answers to questions, one at a time for each question. */
export type ApprovalDesk = {
  answer<E>(who: Who, judge: (facts: DeskFacts) => Result<GivenAnswer, E>): Promise<Result<OperationId, E | DeskError>>;
};

/**
 * Whether somebody may answer is looked up in the transaction that takes the answer, with the rows that say so locked: who is
 * taken out of a group before that has no say, and who is taken out after it had one.
 */
export function approvalDesk(db: PrismaClient): ApprovalDesk {
  return {
    answer: <E>(who: Who, judge: (facts: DeskFacts) => Result<GivenAnswer, E>) =>
      db.$transaction(async (tx): Promise<Result<OperationId, E | DeskError>> => {
        const facts = await factsOf(tx, who);
        if (!facts) return err({ code: "question_not_found" });
        const judged = judge(facts);
        return judged.ok ? post(tx, who, judged.value) : judged;
      }),
  };
}

type Tx = Prisma.TransactionClient;

async function factsOf(tx: Tx, { by, operation }: Who): Promise<DeskFacts | null> {
  // The run first, as its driver does it: two that take them in another order wait for each other.
  await tx.$queryRaw`
    select 1 from run where id = (select run_id from question where operation = ${operation}) for no key update`;
  await tx.$queryRaw`select 1 from question where operation = ${operation} for update`;
  const row = await tx.question.findUnique({ where: { operation } });
  if (!row || row.about === "") return null;
  const { seats, wasAsked } = await seatsHeld(tx, { by, operation, flow: row.flowId });
  const counted = (await votesCounted(tx, [row])).get(operation) ?? [];
  const change = counted.find((vote) => vote.operation === operation && vote.edits !== null);
  const isOld = row.asked === "" && row.approvers.includes(by); // from before there were seats: whoever it names may answer
  return {
    run: RunId.parse(row.runId),
    subject: row.subject as Digest,
    about: row.about,
    asked: askedOf(row),
    payer: row.payer === null ? null : AccountId.parse(row.payer),
    untilMs: row.until.getTime(),
    state: row.state as QuestionState,
    seats: isOld ? [{ as: by, of: null }] : seats,
    wasAsked: wasAsked || isOld,
    votes: counted.filter((vote) => vote !== change).map(deskVote),
    change: change ? deskVote(change) : null,
  };
}

function deskVote({ person, inPlaceOf, answer, weight }: QuestionVote): DeskVote {
  return {
    by: AccountId.parse(person),
    ...(inPlaceOf ? { of: AccountId.parse(inPlaceOf) } : {}),
    answer: answer as Vote["answer"],
    weight,
  };
}

/** The vote with the very text that it is about, and the letter to the run: both, or neither. */
async function post(
  tx: Tx,
  { by, operation }: Who,
  { letter, key, run, vote }: GivenAnswer,
): Promise<Result<OperationId, DeskError>> {
  const unread = await tx.runInbox.count({ where: { runId: run }, take: MOST_UNREAD });
  if (unread >= MOST_UNREAD) return err({ code: "mail_full", run });
  const known = await tx.runInbox.count({ where: { runId: run, key } });
  const voted = vote ? await tx.questionVote.count({ where: { operation, person: by } }) : 0;
  if (known + voted > 0) return err({ code: "answer_given" });
  if (vote) await tx.questionVote.create({ data: { operation, person: by, ...columnsOf(vote) } });
  await tx.runInbox.create({ data: { runId: run, key, event: toStored(letter) } });
  await tx.$executeRaw`update run set wake_at = least(coalesce(wake_at, now()), now()) where id = ${run}`;
  await tx.$queryRaw`select pg_notify('run_mail', ${run})::text as told`;
  return ok(operation);
}

function columnsOf({ as, of, answer, weight, evidence, comment, edits, subject, seen, proof, atMs }: WrittenVote) {
  return {
    ...{ capacity: as, inPlaceOf: of, answer, weight, comment, subject, seen, proof },
    ...{ evidence: toStored(evidence), edits: edits ? toStored(edits) : null, at: new Date(atMs) },
  };
}
