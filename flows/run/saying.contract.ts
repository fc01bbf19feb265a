import type { AccountId } from "../basics/ids";
import { entriesOf } from "../basics/sparse";
import { digestOf } from "../plan/digest";
import type { QuestionBody } from "../ports/approvals";
import type { Answered, RunEvent } from "./events";
import type { RunState } from "./state";
import type { transition } from "./transition";

/** The one question that a transition puts. */
export function aboutIn({ commands }: ReturnType<typeof transition>): QuestionBody {
  const [asked] = commands.flatMap((command) => (command.do === "ask" ? [command.with.about] : []));
  if (!asked) throw new Error("nothing is asked");
  return asked;
}

/** Where the first step of a plan stands. */
export const standsIn = (state: RunState) => entriesOf(state.steps)[1]?.[1];

/** What somebody says to a question: yes, unless they say something else. */
export function say(about: QuestionBody, by: AccountId, more: Partial<Answered> = {}): RunEvent {
  const said = { by, answer: "approved", subject: digestOf(about), ...more } as const;
  return { type: "approval_answered", operation: about.operation, atMs: 10, ...said };
}
