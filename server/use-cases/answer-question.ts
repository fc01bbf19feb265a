import type { AccountId, Digest, OperationId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import type { QuestionState } from "../repos/questions-repo";
import type { Services } from "../services";

export type AnswerError =
  | { code: "question_not_found" }
  | { code: "question_settled"; state: QuestionState }
  | { code: "question_expired" }
  | { code: "subject_changed"; shown: Digest; now: Digest }
  | { code: "answer_given" }
  | { code: "mail_full"; run: RunId };

export type AnswerQuestion = {
  by: AccountId;
  operation: OperationId;
  /** The digest of what was on the screen when the person decided. */
  subject: Digest;
  answer: "approved" | "denied";
};

/** Brings a person's answer to the run that asked. The first answer to reach it counts, and only about what was shown. */
export async function answerQuestion(
  services: Pick<Services, "clock" | "inbox" | "questions">,
  { by, operation, subject, answer }: AnswerQuestion,
): Promise<Result<{ operation: OperationId }, AnswerError>> {
  const question = await services.questions.find(by, operation);
  if (!question) return err({ code: "question_not_found" });
  if (question.state !== "open") return err({ code: "question_settled", state: question.state });
  const now = digestOf(question.about); // what is stored now, not what was stored beside it
  if (subject !== now || question.subject !== now) return err({ code: "subject_changed", shown: subject, now });
  if (services.clock.now() >= question.until.getTime()) return err({ code: "question_expired" });
  const event = { type: "approval_answered", operation, by, answer, subject } as const;
  const posted = await services.inbox.post({ run: question.run, key: `answer/${operation}`, event });
  if (posted === "mail_full") return err({ code: "mail_full", run: question.run });
  return posted === "posted" ? ok({ operation }) : err({ code: "answer_given" });
}
