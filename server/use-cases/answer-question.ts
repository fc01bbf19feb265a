import type { EvidenceKind } from "@/flows/basics/evidence-kinds";
import type { AccountId, Digest, OperationId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { agreementOf } from "@/flows/plan/agreement";
import { digestOf, sha256Hex } from "@/flows/plan/digest";
import type { Evidence } from "@/flows/plan/evidence";
import { fromStored } from "@/flows/plan/stored";
import type { QuestionBody } from "@/flows/ports/approvals";
import { EDITS, type Edit, editFault, MOST_EDITS, timesChanged, withEdits } from "@/flows/run/edits";
import { gather } from "@/flows/run/perform";
import { editedQuestion } from "@/flows/run/question-body";
import { decided, hasVoted, isEnough, type Vote, voteOf } from "@/flows/run/votes";
import { whatChanged } from "@/flows/run/what-changed";
import type { DeskFacts, GivenAnswer } from "../repos/approval-desk";
import type { QuestionState } from "../repos/questions-repo";
import type { Services } from "../services";

/** `changes`: what is another since it was read, where what was read came along. */
export type AnswerError =
  | { code: "question_not_found" }
  | { code: "question_settled"; state: QuestionState }
  | { code: "question_expired" }
  | { code: "subject_changed"; shown: Digest; now: Digest; changes: string[] }
  | { code: "answer_given" }
  | { code: "approver_revoked" }
  | { code: "approver_is_starter" }
  | { code: "withdrawal_refused" }
  | { code: "evidence_needed"; kinds: EvidenceKind[]; given: EvidenceKind }
  | { code: "edit_refused"; problem: string }
  | { code: "edits_spent"; most: number }
  | { code: "mail_full"; run: RunId };

export type AnswerQuestion = {
  by: AccountId;
  operation: OperationId;
  /** The digest of what was on the screen when the person decided. */
  subject: Digest;
  answer: "approved" | "denied" | "withdrawn";
  evidence: Evidence;
  /** What `evidence` is the digest of, to be kept with the vote. */
  proof?: string | undefined;
  comment?: string | undefined;
  edits?: readonly Edit[] | undefined;
  /** The text that was on the screen: with it, what changed since can be said. */
  seen?: string | undefined;
};

type Needs = Pick<Services, "approvalDesk" | "clock" | "questions" | "values">;

/**
 * Brings a person's answer to the run that asked. It counts once, about what was shown, and only from somebody who may
 * answer at that moment.
 */
export async function answerQuestion(
  services: Needs,
  ask: AnswerQuestion,
): Promise<Result<{ operation: OperationId }, AnswerError>> {
  const { by, operation } = ask;
  const fits = await editsFit(services, ask);
  if (!fits.ok) return fits;
  const nowMs = services.clock.now();
  const taken = await services.approvalDesk.answer({ by, operation }, (facts) => judge(facts, ask, nowMs));
  return taken.ok ? ok({ operation }) : taken;
}

/** What is edited has to be there: values never change, so this holds whenever the answer is taken. */
async function editsFit(
  { questions, values }: Needs,
  { by, operation, edits = [] }: AnswerQuestion,
): Promise<Result<null, AnswerError>> {
  if (edits.length === 0) return ok(null);
  if (timesChanged(operation) >= MOST_EDITS) return err({ code: "edits_spent", most: MOST_EDITS });
  const question = await questions.find(by, operation);
  if (!question) return err({ code: "question_not_found" });
  const shown = await gather(question.about.shows, values);
  if (!shown.ok) return err({ code: "edit_refused", problem: "What is shown is not kept any more." });
  const list = edits.map(({ place, value }) => ({ place, value }));
  const made = withEdits(agreementOf(question.asked), { ...shown.value, [EDITS]: list });
  return made.ok ? ok(null) : err({ code: "edit_refused", problem: made.error.reason });
}

function judge(facts: DeskFacts, ask: AnswerQuestion, nowMs: number): Result<GivenAnswer, AnswerError> {
  const { by, answer } = ask;
  if (!facts.wasAsked && by !== facts.payer) return err({ code: "question_not_found" });
  if (facts.state !== "open") return err({ code: "question_settled", state: facts.state });
  if (facts.change) return err(afterChange(facts, facts.change, by));
  const read = isAboutThis(facts, ask);
  if (!read.ok) return read;
  if (nowMs >= facts.untilMs) return err({ code: "question_expired" });
  return answer === "withdrawn" ? withdrawal(facts, ask) : vote(facts, { ...ask, answer }, nowMs);
}

/** Between a change and the question that comes of it, the run takes no answer to the old one. */
function afterChange({ asked }: DeskFacts, change: NonNullable<DeskFacts["change"]>, by: AccountId): AnswerError {
  const isGiven = change.by === by || decided([change], agreementOf(asked)) !== null;
  return isGiven ? { code: "answer_given" } : { code: "question_settled", state: "replaced" };
}

/** What is answered is what is stored now, not what was stored beside it, and it is what was read. */
function isAboutThis(facts: DeskFacts, { by, subject, seen }: AnswerQuestion): Result<null, AnswerError> {
  const now = sha256Hex(facts.about);
  if (subject === now && facts.subject === now) return ok(null);
  const mayKnow = facts.seats.length > 0 || by === facts.payer; // whoever was taken out is told nothing of what it is about
  const isTheirs = mayKnow && seen !== undefined && sha256Hex(seen) === subject;
  return err({ code: "subject_changed", shown: subject, now, changes: isTheirs ? changesIn(facts, seen) : [] });
}

/** What was read comes from outside: a text that is no question tells of no change, and breaks nothing. */
function changesIn({ about }: DeskFacts, seen: string): string[] {
  try {
    return whatChanged(fromStored<QuestionBody>(seen), fromStored<QuestionBody>(about));
  } catch (problem) {
    if (problem instanceof SyntaxError || problem instanceof TypeError || problem instanceof RangeError) return [];
    throw problem;
  }
}

function withdrawal(facts: DeskFacts, { by, operation, subject }: AnswerQuestion): Result<GivenAnswer, AnswerError> {
  if (by !== facts.payer) return err({ code: "withdrawal_refused" });
  const letter = { type: "approval_answered", operation, by, answer: "withdrawn", subject } as const;
  return ok({ run: facts.run, key: `withdraw/${operation}`, letter, vote: null });
}

type Voting = AnswerQuestion & { answer: Vote["answer"] };

function vote(facts: DeskFacts, ask: Voting, atMs: number): Result<GivenAnswer, AnswerError> {
  const { by, operation, answer, subject, evidence, comment, edits = [] } = ask;
  const { run, asked } = facts;
  const agreement = agreementOf(asked);
  const found = seatShown(facts, ask, atMs);
  if (!found.ok) return found;
  const { as, of, weight } = found.value;
  const fault = edits.map((edit) => editFault(agreement, edit)).find((problem) => problem !== null);
  if (fault) return err({ code: "edit_refused", problem: fault });
  if (edits.length > 0 && answer === "denied")
    return err({ code: "edit_refused", problem: "Whoever refuses edits nothing." });
  const becomes =
    edits.length > 0 ? digestOf(editedQuestion(fromStored<QuestionBody>(facts.about), agreement, edits)) : null;
  const letter: GivenAnswer["letter"] = {
    ...({ type: "approval_answered", operation, by, answer, subject, as, evidence } as const),
    ...(of ? { of } : {}),
    ...(comment ? { comment } : {}),
    ...(becomes ? { edits, becomes } : {}),
  };
  const written = {
    ...{ as, of: of ?? null, answer, weight, evidence, comment: comment ?? null, subject: becomes ?? subject, atMs },
    ...{ edits: becomes ? edits : null, seen: facts.about, proof: ask.proof ?? null },
  };
  return ok({ run, key: `answer/${operation}/${by}`, letter, vote: written });
}

/** Their seat, and a yes with as much evidence as it takes. [R54] */
function seatShown(facts: DeskFacts, ask: Voting, atMs: number): Result<Vote, AnswerError> {
  const { asked } = facts;
  const found = seatFor(facts, ask, atMs);
  if (!found.ok || ask.answer === "denied" || isEnough(asked, ask.evidence)) return found;
  const kinds = agreementOf(asked).evidence?.kinds ?? [];
  return err({ code: "evidence_needed", kinds, given: ask.evidence.kind });
}

/** The first seat of theirs that still has a vote. */
function seatFor(facts: DeskFacts, { by }: Voting, atMs: number): Result<Vote, AnswerError> {
  const { asked, seats, votes } = facts;
  if (decided(votes, agreementOf(asked)) !== null) return err({ code: "answer_given" });
  if (seats.length === 0)
    return err(by === facts.payer ? { code: "approver_is_starter" } : { code: "approver_revoked" });
  const given = { by, answer: "denied", atMs } as const; // a no takes a seat and nothing else
  const mine = seats.flatMap(({ as, of }) => {
    const found = voteOf(asked, facts.payer ?? by, { ...given, as, ...(of ? { of } : {}) });
    return found ? [found] : [];
  });
  if (mine.length === 0) return err({ code: "approver_is_starter" });
  const free = mine.find((each) => !hasVoted(votes, each));
  return free ? ok(free) : err({ code: "answer_given" });
}
