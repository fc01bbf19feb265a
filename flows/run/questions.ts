import { digestOf } from "../plan/digest";
import { type Draft, draftStandings, move, stepAt } from "./draft";
import { questionBody } from "./question-body";
import type { Spot } from "./spots";
import type { Consent } from "./state";

/** How long people have to agree to what the policy asks about. Units: milliseconds. */
const CONSENT_MS = 86_400_000;

/** Puts the question of an approval, or the one that the policy wants to be put before a payment. [R8] [R16] */
export function putQuestion(draft: Draft, spot: Spot, consent: Consent | null): void {
  const { instruction } = stepAt(draft, spot);
  const untilMs = draft.nowMs + (instruction.op === "ask" ? instruction.timeoutMs : CONSENT_MS);
  const put = { spot, askedAtMs: draft.nowMs, untilMs, consent, part: 0, edits: [] };
  const body = questionBody(draftStandings(draft), draft.before, put);
  move(draft, spot, { in: "asking", untilMs, subject: digestOf(body), consent, askedAtMs: draft.nowMs });
}
