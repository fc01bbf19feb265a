import type { Prisma, Question, QuestionVote } from "@/generated/prisma/client";

type Reader = Pick<Prisma.TransactionClient, "questionVote">;

/**
 * The votes of some questions, by operation, in the order in which they were given: those that were given to it, and the yes
 * of whoever changed another question into it. That one was given under the operation of the other, and names this subject.
 */
export async function votesCounted(
  db: Reader,
  questions: readonly Pick<Question, "operation" | "subject">[],
): Promise<ReadonlyMap<string, readonly QuestionVote[]>> {
  const operations = questions.map(({ operation }) => operation);
  const subjects = questions.map(({ subject }) => subject);
  const votes = await db.questionVote.findMany({
    where: { OR: [{ operation: { in: operations } }, { subject: { in: subjects }, edits: { not: null } }] },
    orderBy: [{ at: "asc" }, { person: "asc" }],
  });
  return new Map(questions.map((question) => [question.operation, countedBy(question, votes)]));
}

/** A question comes of one change: of two that say the same, the first alone was taken. */
function countedBy(
  { operation, subject }: Pick<Question, "operation" | "subject">,
  votes: readonly QuestionVote[],
): readonly QuestionVote[] {
  const first = votes.find((vote) => vote.subject === subject && vote.edits !== null && vote.operation !== operation);
  return votes.filter((vote) => vote.operation === operation || vote === first);
}
