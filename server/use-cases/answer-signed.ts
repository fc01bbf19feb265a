import type { EvidenceKind } from "@/flows/basics/evidence-kinds";
import type { AccountId, Digest, OperationId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { agreementOf } from "@/flows/plan/agreement";
import { digestOf, sha256Hex } from "@/flows/plan/digest";
import type { QuestionBody } from "@/flows/ports/approvals";
import type { EvidenceAsk, EvidenceError } from "@/flows/ports/evidence";
import type { Edit } from "@/flows/run/edits";
import { editedQuestion } from "@/flows/run/question-body";
import type { Services } from "../services";
import { type AnswerError, type AnswerQuestion, answerQuestion } from "./answer-question";
import { proveYes, type Signed } from "./prove-evidence";

export type AnswerSignedError = AnswerError | EvidenceError;

/** Which yes somebody is about to sign: to this question, with these edits. */
export type Signing = {
  by: AccountId;
  operation: OperationId;
  subject: Digest;
  edits?: readonly Edit[] | undefined;
};

type Needs = Pick<Services, "approvalDesk" | "clock" | "evidence" | "questions" | "values">;

/** What a question comes to with the edits of who answers, for whoever is asked it and is shown it as it is now. */
export async function toBeSigned(
  { questions }: Pick<Needs, "questions">,
  { by, operation, subject, edits = [] }: Signing,
): Promise<Result<EvidenceAsk, AnswerError>> {
  const question = await questions.find(by, operation);
  if (!question) return err({ code: "question_not_found" });
  const now = digestOf(question.about);
  if (now !== subject) return err({ code: "subject_changed", shown: subject, now, changes: [] });
  if (question.state !== "open") return err({ code: "question_settled", state: question.state });
  return ok({ account: by, about: edited(question.about, question.asked, edits) });
}

function edited(about: QuestionBody, asked: Parameters<typeof agreementOf>[0], edits: readonly Edit[]): QuestionBody {
  return edits.length > 0 ? editedQuestion(about, agreementOf(asked), edits) : about;
}

/**
 * An answer with what shows that it is the person's own: what they signed, where they signed; else how they came to press the
 * button. What was signed counts for a yes to exactly what it names, and is kept with the vote.
 */
export async function answerSigned(
  services: Needs,
  {
    clicked,
    signed,
    ...answer
  }: Omit<AnswerQuestion, "evidence"> & { clicked: EvidenceKind; signed?: Signed | undefined },
): Promise<Result<{ operation: OperationId }, AnswerSignedError>> {
  if (!signed || answer.answer !== "approved")
    return answerQuestion(services, { ...answer, evidence: { kind: clicked } });
  const ask = await toBeSigned(services, answer);
  if (!ask.ok && ask.error.code !== "subject_changed") return ask; // what was signed never becomes a click
  if (!ask.ok) return answerQuestion(services, { ...answer, evidence: { kind: clicked } }); // which says what has changed
  const proved = await proveYes(services.evidence, ask.value, signed);
  if (!proved.ok) return proved;
  const { kind, proof } = proved.value;
  return answerQuestion(services, { ...answer, evidence: { kind, digest: sha256Hex(proof) }, proof });
}
