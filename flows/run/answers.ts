import { closeStep, failStep } from "./closing";
import { type Draft, stepAt } from "./draft";
import type { Answer } from "./events";
import { act } from "./payments";
import { approversOf } from "./question-body";
import type { Spot } from "./spots";
import type { RunState, StepState } from "./state";

type Asking = Extract<StepState, { in: "asking" }>;
type Asked = { stands: Asking; event: Answer & { atMs: number } };

/** Only a named approver decides, and only about what was asked; anything else leaves the question open. Silence denies. [R5] [R8] */
export function approvalAnswered(draft: Draft, spot: Spot, { stands, event }: Asked): true | null {
  const { instruction } = stepAt(draft, spot);
  const { subject, consent } = stands;
  const late = event.atMs >= stands.untilMs;
  if (event.type === "timer_fired" && !late) return null;
  if (late) return refuse(draft, spot, { code: "approval_timed_out", stands });
  if (event.type === "effect_refused") {
    // A question that could not be put is a refusal: nobody has agreed. [R5]
    failStep(draft, spot, { code: "approval_unasked", reason: event.reason, held: consent?.held ?? null });
    return true;
  }
  if (event.type !== "approval_answered" || event.subject !== subject) return null;
  const asked = consent ?? (instruction.op === "ask" ? instruction : null);
  if (!asked || !approversOf(asked, draft.before.payer).includes(event.by)) return null;
  const { by } = event;
  if (event.answer === "denied") return refuse(draft, spot, { code: "approval_denied", stands, by });
  if (!consent) {
    closeStep(draft, spot, { port: "approved", by, subject });
    return true;
  }
  draft.agreed.set(spot.slot, { rule: consent.rule, by, subject });
  act(draft, spot, consent);
  return true;
}

type Refusal = {
  code: "approval_denied" | "approval_timed_out";
  stands: Asking;
  by?: RunState["payer"];
};

function refuse(draft: Draft, spot: Spot, { code, stands: { subject, consent }, by }: Refusal): true {
  const { instruction } = stepAt(draft, spot);
  if (instruction.op === "ask" && instruction.denial === "continues")
    closeStep(draft, spot, { port: "denied", subject, ...(by ? { by } : {}) });
  else {
    const reason = by ? `${by} refused.` : "Nobody answered in time.";
    failStep(draft, spot, { subject, ...(by ? { by } : {}), code, reason, held: consent?.held ?? null });
  }
  return true;
}
