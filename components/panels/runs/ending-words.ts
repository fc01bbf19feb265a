/** Why a step or a run ended without a result, where the journal's own words name people by their ids or say nothing. */
const WORDS: Record<string, string> = {
  approval_denied: "refused.",
  approval_timed_out: "nobody answered in time, which counts as a refusal.",
  call_abandoned: "the run was ending before the agent had answered.",
  question_withdrawn: "the run ended before anybody answered.",
  not_delivered: "its payer said that nothing was delivered.",
  deadline_passed: "the agent did not answer inside its deadline.",
};

export type Ending = { code: string; reason: string | null };

/** A sentence to put after a name: "Review: you refused." `decider` is who decided, when somebody did. */
export function endingOf({ code, reason }: Ending, decider: "you" | "somebody" = "somebody"): string {
  if (code === "approval_denied") return `${decider} ${WORDS.approval_denied}`;
  return WORDS[code] ?? (reason || "the step ended without a result.");
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
