import type { RunId, StepId } from "@/flows/basics/ids";
import { unreachable } from "@/flows/basics/unreachable";
import type { RunEvent } from "@/flows/run/events";
import { stepOfOperation } from "@/flows/run/operations";

type TitleOf = (step: StepId, path: readonly number[]) => string;

/** One event of a journal, in a few words: `Summarise delivered`. */
export function eventWords(run: RunId, event: RunEvent, titleOf: TitleOf): string {
  const named = "operation" in event ? stepOfOperation(run, event.operation) : null;
  const step = named ? titleOf(named.step, named.path) : "The run";
  switch (event.type) {
    case "run_started":
      return "The run was started";
    case "funds_reserved":
      return "The worst case was reserved";
    case "funds_captured":
      return `${step} was paid`;
    case "funds_released":
      return "What was left came back";
    case "call_delivered":
      return `${step} delivered`;
    case "decided":
      return `${step} was worked out`;
    case "judged":
      return `${step} was judged by the policy: ${VERDICTS[event.judgement.verdict]}`;
    case "timer_fired":
      return named ? `The time of ${step} was over` : "The time at work was used up";
    case "outcome_lost":
      return event.atWork ? `${step} is still at work` : `The answer to ${step} was lost`;
    case "outcome_told":
      return `Somebody said what became of ${step}`;
    case "effect_refused":
      return `${step} was refused`;
    case "approval_answered":
      return `${step} was ${event.answer === "approved" ? "approved" : "refused"}`;
    case "cancel_asked":
      return "The run was told to stop";
    case "pause_asked":
      return "The run was paused";
    case "resume_asked":
      return event.only ? `${titleOf(event.only.step, event.only.path)} was let go on` : "The run was let go on";
    case "stops_set":
      return "The stops were changed";
    default:
      return unreachable(event);
  }
}

const VERDICTS = { allow: "allowed", deny: "denied", ask: "people are asked" } as const;
