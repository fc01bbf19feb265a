import type { AccountId, OperationId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { err, ok, type Result } from "@/flows/basics/result";
import { gather } from "@/flows/run/perform";
import type { AskedQuestion } from "../repos/questions-repo";
import type { Services } from "../services";

export type ShowQuestionError = { code: "question_not_found" } | { code: "value_not_found" };

/** `shows` holds the very values that go on when the answer is yes; `payerName` is who started the run. */
export type ShownQuestion = { question: AskedQuestion; shows: Record<string, Json>; payerName: string };

/** A question for one of its approvers, with the values that it is about. */
export async function showQuestion(
  services: Pick<Services, "accounts" | "questions" | "values">,
  { approver, operation }: { approver: AccountId; operation: OperationId },
): Promise<Result<ShownQuestion, ShowQuestionError>> {
  const question = await services.questions.find(approver, operation);
  if (!question) return err({ code: "question_not_found" });
  const shows = await gather(question.about.shows, services.values);
  if (!shows.ok) return err({ code: "value_not_found" });
  const payer = await services.accounts.find(question.about.payer);
  return ok({ question, shows: shows.value, payerName: payer?.name ?? question.about.payer });
}
