import type { ApiError } from "@/components/api/answers";
import { domainErrorOf, isSignedOut, isUnreachable } from "@/components/api/api-error";
import { approvalWords } from "@/components/api/explain-approvals";
import { escrowWords } from "@/components/api/explain-escrows";
import { evidenceWords } from "@/components/api/explain-evidence";
import { flowPublishingWords } from "@/components/api/explain-flow-publishing";
import { importWords } from "@/components/api/explain-imports";
import { noticeWords } from "@/components/api/explain-notices";
import { publishingWords } from "@/components/api/explain-publishing";
import { walletWords } from "@/components/api/explain-wallets";
import { type Explain, type Explained, UNPAID, UNTOUCHED, type Words } from "@/components/api/explained";

const words = {
  ...approvalWords,
  ...importWords,
  ...noticeWords,
  ...publishingWords,
  ...flowPublishingWords,
  ...walletWords,
  ...escrowWords,
  ...evidenceWords,
  answer_given: () => ({
    what: "Somebody has answered this already.",
    safe: "Only the first answer counts.",
    next: "Open the run to see what came of it.",
  }),
  body_malformed: () => ({
    what: "What was posted is no plain JSON.",
    safe: UNPAID,
    next: "Post a JSON object, nested at most 64 deep, under another key.",
  }),
  cap_reached: ({ most, counted, bound }) => ({
    what: `The cap of the day is ${credits(most.amount)}: starts of the last 24 hours count ${credits(counted.amount)}, one more would add ${credits(bound.amount)}.`,
    safe: UNPAID,
    next: "Wait until earlier starts are a day old, or turn the trigger on again with a higher cap.",
  }),
  cap_too_low: ({ bound, most }) => ({
    what: `One run may cost ${credits(bound.amount)}, more than ${credits(most.amount)} a day.`,
    safe: UNTOUCHED,
    next: "Raise the cap of the day to at least one run.",
  }),
  delivery_invalid: ({ at, problem }) => ({
    what: `What was delivered does not fit the agent's answer${at ? ` at ${at}` : ""}: ${problem}`,
    safe: UNTOUCHED,
    next: "Correct it, or say that nothing usable came.",
  }),
  edits_unusable: ({ problem }) => ({
    what: `The drawing cannot be saved as it is: ${problem}`,
    safe: "Your edits are kept in this browser.",
    next: "Undo what made it so.",
  }),
  event_reserved: () => ({
    what: "Events whose name begins with run. are raised by runs that end.",
    safe: UNPAID,
    next: "Give your event another name.",
  }),
  flow_invalid: ({ errors }) => ({
    what: `The flow has ${errors.length} ${errors.length === 1 ? "problem" : "problems"}.`,
    safe: UNPAID,
    next: "Open the flow and mend what its problems list names.",
  }),
  flow_not_found: () => ({
    what: "This flow is not here.",
    safe: UNTOUCHED,
    next: "It may have been removed. Choose another from the list of flows.",
  }),
  funds_insufficient: ({ needed, left }) => ({
    what: `Not enough credits: ${credits(needed.amount)} needed, ${credits(left.amount)} left.`,
    safe: UNPAID,
    next: "Lower the bound of the flow, or wait until running flows give back what they reserved.",
  }),
  input_invalid: ({ at, problem }) => ({
    what: `The input does not fit${at ? ` at ${at}` : ""}: ${problem}`,
    safe: UNPAID,
    next: "Correct the input and run again.",
  }),
  letter_not_found: () => ({
    what: "This message is not here any more.",
    safe: UNTOUCHED,
    next: "It has been tried again or set aside. Look at the list again.",
  }),
  letter_replaced: () => ({
    what: "The run has a newer message of the same kind.",
    safe: "The newer one counts. This one was not sent again.",
    next: "Set it aside.",
  }),
  mail_full: () => ({
    what: "This run has more messages waiting than it can take.",
    safe: "Yours was not counted.",
    next: "Try again in a moment. If it happens again, open the run: it may have stopped.",
  }),
  outcome_settled: () => ({
    what: "What became of this call is known by now.",
    safe: "Only the first word counts.",
    next: "Look at the step again.",
  }),
  plan_changed: () => ({
    what: "The flow or one of its agents changed after you were shown the bound.",
    safe: UNPAID,
    next: "Look at the new bound, then run again.",
  }),
  mock_invalid: ({ agent, problem }) => ({
    what: `${agent} cannot stand in like this: ${problem}`,
    safe: UNPAID,
    next: "Give an output that the agent could have delivered.",
  }),
  outcome_unsettled: ({ steps: [step] }) => ({
    what: `At this point nobody knew what had become of ${step}.`,
    safe: UNPAID,
    next: "Choose a later point, or settle its outcome first.",
  }),
  pin_invalid: ({ step, problem }) => ({
    what: `${step} cannot be pinned like this: ${problem}`,
    safe: UNPAID,
    next: "Give an output that the step could have come to.",
  }),
  pins_too_many: ({ most }) => ({
    what: `At most ${most} steps can be taken for done.`,
    safe: UNPAID,
    next: "Choose an earlier point.",
  }),
  position_unknown: ({ last }) => ({
    what: `The run has ${last} events.`,
    safe: UNPAID,
    next: "Choose a point among them.",
  }),
  recording_not_found: () => ({
    what: "This run is not there, or is of another plan.",
    safe: UNPAID,
    next: "Choose a run of exactly this plan.",
  }),
  step_not_found: ({ step }) => ({
    what: `The plan has no step ${step}, or no such round of it.`,
    safe: UNTOUCHED,
    next: "Choose a step of the plan.",
  }),
  policy_denied: ({ rule, message, passes }) => ({
    what: `Your rules do not allow this run (${rule}): ${message}`,
    safe: UNPAID,
    next: `What would pass: ${passes}`,
  }),
  policy_invalid: ({ faults: [fault] }) => ({
    what: `These rules cannot be used: ${fault ? `rule ${fault.rule}, ${fault.field || "all of it"}: ${fault.message}` : "they are no policy."}`,
    safe: "The rules that were in force still are.",
    next: "Mend the rule that is named, then set them again.",
  }),
  price_above_cap: ({ cap }) => ({
    what: `A run never pays more than it agreed to: at most ${credits(cap.amount)} for this call.`,
    safe: UNTOUCHED,
    next: "Enter what is owed, up to that.",
  }),
  rail_unusable: ({ problem }) => ({ what: problem, safe: UNPAID, next: "Choose another way to pay." }),
  revision_not_found: () => ({
    what: "This revision of the flow is not here.",
    safe: UNTOUCHED,
    next: "Choose another from the history. It begins with the first edit after the studio began to keep one.",
  }),
  run_exists: () => ({
    what: "A different run with this id exists.",
    safe: UNPAID,
    next: "Press Run again.",
  }),
  run_not_faulted: () => ({
    what: "This run goes on already.",
    safe: UNTOUCHED,
    next: "Look at the run again.",
  }),
  run_not_found: () => ({
    what: "This run is not here.",
    safe: UNTOUCHED,
    next: "Check which account you are signed in with, or open the list of runs.",
  }),
  run_over: () => ({
    what: "The run had ended before it could be stopped.",
    safe: "What it did not spend was given back.",
    next: "Its page shows the result.",
  }),
  secret_not_found: () => ({
    what: "This secret is not here any more.",
    safe: UNTOUCHED,
    next: "Look at the list again.",
  }),
  secret_not_needed: ({ agent, name }) => ({
    what: `${agent} asks for no secret called ${name}.`,
    safe: "It was not kept.",
    next: "Look at the list again: the agent may have changed.",
  }),
  runs_too_many: ({ are, most }) => ({
    what: `You have ${most.toLocaleString("en")} runs ${are === "working" ? "at work" : "waiting"}, which is as many as there may be.`,
    safe: UNPAID,
    next: are === "working" ? "Wait until some are over, or stop some." : "Answer or stop some of them.",
  }),
  start_broken: () => ({
    what: "The studio met a fault of its own while it started the run.",
    safe: UNPAID,
    next: "Look into the worker's log, then let the trigger fire again under another key.",
  }),
  start_key_reused: ({ key }) => ({
    what: `The key ${key} stands for another body already.`,
    safe: UNPAID,
    next: "Give each delivery a key of its own.",
  }),
  start_too_deep: ({ depth, most }) => ({
    what: `This run would be number ${depth} in a chain of runs that start one another; ${most} may.`,
    safe: UNPAID,
    next: "Look for a flow that starts itself through events.",
  }),
  times_missed: ({ from, to }) => ({
    what: `Nobody was there to start runs from ${from} to ${to}.`,
    safe: UNPAID,
    next: "Turn the trigger on again to have missed times made up for.",
  }),
  trigger_not_found: () => ({
    what: "There is no such trigger turned on or to be turned on.",
    safe: UNTOUCHED,
    next: "Look at the triggers of the flow again.",
  }),
  trigger_off: () => ({
    what: "The trigger had been turned off by then.",
    safe: UNPAID,
    next: "Turn it on again to let it start runs.",
  }),
  value_not_found: () => ({
    what: "This value is not kept with the run.",
    safe: "The run itself is whole.",
    next: "Download the receipts: they name the value by its digest.",
  }),
} satisfies Explain;

/** Any failure of a call, in words. */
export function explainApiError(fault: unknown): Explained {
  const error = domainErrorOf(fault);
  if (error) return explainDomainError(error);
  if (isSignedOut(fault)) return { ...SIGNED_OUT, code: "signed_out" };
  return isUnreachable(fault) ? { ...UNREACHABLE, code: "studio_unreachable" } : { ...BROKEN, code: "studio_fault" };
}

export function explainDomainError<Error extends ApiError>(error: Error): Explained {
  const explain = words[error.code] as (error: Error) => Words; // the table pairs each code with its own error
  return { ...explain(error), code: error.code };
}

const SIGNED_OUT: Words = {
  what: "You are not signed in.",
  safe: UNTOUCHED,
  next: "Sign in again, then repeat what you were doing.",
};
const UNREACHABLE: Words = {
  what: "The studio does not answer.",
  safe: "Runs under way go on by themselves.",
  next: "Check that it is running, then try again.",
};
const BROKEN: Words = {
  what: "The studio met a fault of its own.",
  safe: "What was written down before it is kept.",
  next: "Try again. If it happens twice, look into the studio's log.",
};

/** Units: smallest units in, two or more decimals out, never rounded. */
function credits(amount: bigint): string {
  const digits = amount.toString().padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, "")}`;
}
