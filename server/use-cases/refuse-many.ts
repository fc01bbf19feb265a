import type { AccountId, Digest, OperationId } from "@/flows/basics/ids";
import type { Evidence } from "@/flows/plan/evidence";
import type { Services } from "../services";
import { type AnswerError, answerQuestion } from "./answer-question";

type RefuseMany = {
  by: AccountId;
  questions: readonly { operation: OperationId; subject: Digest }[];
  evidence: Evidence;
  comment?: string | undefined;
};

/** Refuses questions one after the other, and says of each that could not be why. */
export async function refuseMany(
  services: Pick<Services, "approvalDesk" | "clock" | "questions" | "values">,
  { questions, ...answer }: RefuseMany,
): Promise<{ refused: number; left: { operation: OperationId; error: AnswerError }[] }> {
  const left: { operation: OperationId; error: AnswerError }[] = [];
  for (const { operation, subject } of questions) {
    const taken = await answerQuestion(services, { ...answer, operation, subject, answer: "denied" });
    if (!taken.ok) left.push({ operation, error: taken.error });
  }
  return { refused: questions.length - left.length, left };
}
