import { type Agreement, type Asked, agreementOf, SIMPLE } from "../plan/agreement";
import { canonicalJson } from "../plan/canonical";
import { digestOf } from "../plan/digest";
import { closeStep, failStep } from "./closing";
import { type Draft, draftStandings, move, stepAt } from "./draft";
import { editFault, MOST_EDITS, mergedEdits } from "./edits";
import type { Answer } from "./events";
import { act } from "./payments";
import { askedBy, questionBody } from "./question-body";
import type { Spot } from "./spots";
import type { Consent, RunState, StepState } from "./state";
import { takesOf } from "./takes";
import { decided, hasVoted, type Vote, voteOf } from "./votes";

type Asking = Extract<StepState, { in: "asking" }>;
type Given = Extract<Answer, { type: "approval_answered" }> & { atMs: number };

/**
 * Only those whom the plan names decide, each once, and only about what was asked; anything else leaves the question as it
 * is. Silence denies. [R5] [R8] [R50]
 */
export function approvalAnswered(
  draft: Draft,
  spot: Spot,
  { stands, event }: { stands: Asking; event: Answer & { atMs: number } },
): true | null {
  const late = event.atMs >= stands.untilMs;
  if (event.type === "timer_fired" && !late) return null;
  if (late) return refuse(draft, spot, { code: "approval_timed_out", stands });
  if (event.type === "effect_refused") {
    // A question that could not be put is a refusal: nobody has agreed. [R5]
    failStep(draft, spot, { code: "approval_unasked", reason: event.reason, held: stands.consent?.held ?? null });
    return true;
  }
  if (event.type !== "approval_answered" || event.subject !== stands.subject) return null;
  if (event.answer !== "withdrawn") return voted(draft, spot, { stands, event });
  return event.by === draft.before.payer
    ? refuse(draft, spot, { code: "approval_withdrawn", stands, by: event.by })
    : null;
}

type Voting = { stands: Asking; event: Given };

function voted(draft: Draft, spot: Spot, { stands, event }: Voting): true | null {
  const asked = askedBy(stepAt(draft, spot).instruction, stands.consent, draft.before.freshAbove);
  const { answer } = event;
  const vote = asked && answer !== "withdrawn" ? voteOf(asked, draft.before.payer, { ...event, answer }) : null;
  if (!asked || !vote) return null;
  if (event.edits && event.edits.length > 0) return edited(draft, spot, { stands, event, vote, asked });
  if (hasVoted(stands.votes ?? [], vote)) return null;
  return count(draft, spot, { stands: { ...stands, votes: [...(stands.votes ?? []), vote] }, asked });
}

/**
 * What was edited is another question: whoever edited it has agreed to it, and everybody else has not. What they agreed to
 * has to be what the plan makes of their edits, to the byte. [R51]
 */
function edited(
  draft: Draft,
  spot: Spot,
  { stands, event, vote, asked }: Voting & { vote: Vote; asked: Asked },
): true | null {
  const agreement = agreementOf(asked);
  const part = (stands.part ?? 0) + 1;
  const faulty = (event.edits ?? []).some((edit) => editFault(agreement, edit) !== null);
  if (vote.answer !== "approved" || stands.consent || faulty || part > MOST_EDITS) return null;
  const edits = mergedEdits(stands.edits ?? [], event.edits ?? []);
  const { untilMs, consent, askedAtMs = 0 } = stands;
  const body = questionBody(draftStandings(draft), draft.before, { spot, askedAtMs, untilMs, consent, part, edits });
  const subject = digestOf(body);
  if (subject !== event.becomes) return null;
  return count(draft, spot, { stands: { ...stands, part, edits, subject, votes: [vote] }, asked });
}

function count(draft: Draft, spot: Spot, { stands, asked }: { stands: Asking; asked: Asked }): true {
  const { votes = [], consent, subject } = stands;
  const agreement = agreementOf(asked);
  const came = decided(votes, agreement);
  const by = votes.at(-1)?.by;
  if (came === null || !by) move(draft, spot, stands);
  else if (came === "denied") refuse(draft, spot, { code: "approval_denied", stands, by });
  else if (consent) {
    draft.agreed.set(spot.slot, { rule: consent.rule, by, subject, votes, ...(saysMore(consent) ? { asked } : {}) });
    act(draft, spot, consent);
  } else approve(draft, spot, { stands, by, agreement });
  return true;
}

/** What the studio asks for above its own amount the closing receipt tells; this is what the rule did. */
function saysMore({ agreement = SIMPLE }: Consent): boolean {
  return canonicalJson({ ...agreement, starter: SIMPLE.starter }) !== canonicalJson(SIMPLE);
}

type Approval = { stands: Asking; by: Vote["by"]; agreement: Agreement };

/** What was edited is worked out before it goes on; what was not goes on as it came. */
function approve(draft: Draft, spot: Spot, { stands, by, agreement }: Approval): void {
  const { votes = [], subject, part = 0, edits = [] } = stands;
  if (edits.length > 0) {
    const agreed = { by, subject, part, votes, edits };
    move(draft, spot, { in: "deciding", part: 0, held: null, took: null, rounds: null, tries: 0, agreed });
    return;
  }
  const gives = agreement.edits.length > 0 ? { gives: takesOf(draftStandings(draft), spot) } : {};
  closeStep(draft, spot, { port: "approved", by, subject, votes, ...gives });
}

type Refusal = {
  code: "approval_denied" | "approval_timed_out" | "approval_withdrawn";
  stands: Asking;
  by?: RunState["payer"];
};

function refuse(draft: Draft, spot: Spot, { code, stands: { subject, consent, votes }, by }: Refusal): true {
  const { instruction } = stepAt(draft, spot);
  const told = { subject, votes: code === "approval_withdrawn" ? [] : votes, ...(by ? { by } : {}) };
  if (instruction.op === "ask" && instruction.denial === "continues")
    closeStep(draft, spot, { port: "denied", ...told });
  else failStep(draft, spot, { ...told, code, reason: reasonOf(code, by), held: consent?.held ?? null });
  return true;
}

function reasonOf(code: Refusal["code"], by: RunState["payer"] | undefined): string {
  if (code === "approval_withdrawn") return "Whoever started the run took the question back.";
  return code === "approval_denied" && by ? `${by} refused.` : "Nobody answered in time.";
}
