import type { Money } from "../basics/money";
import { inWords } from "../basics/money-words";
import { type Evidence, FRESH, isAbove } from "../plan/evidence";
import type { Instruction } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import { indexOfPlan } from "../plan/plan-index";
import { askedBy } from "../run/question-body";
import type { Receipt } from "../run/state";
import { isEnough, type Vote } from "../run/votes";
import type { Claim, ClosingLink, StepLink } from "./links";

type Closing = ClosingLink["body"] | null;

/**
 * Above the amount that the run was started under, each yes came with something fresh: for an approval above what the plan
 * says that it can cost, for a rule's question above what was paid for it. None where the closing receipt names no amount. [V7]
 */
export function freshClaims(plan: Plan, links: readonly StepLink[], closing: Closing): Claim[] {
  const freshAbove = closing?.freshAbove;
  if (!freshAbove) return [];
  const { placeOf } = indexOfPlan(plan);
  const isFresh = ({ body: { step } }: StepLink) => {
    const instruction = plan.steps[placeOf.get(step.step) ?? -1]?.instruction;
    return (
      instruction !== undefined && isFreshlyAsked(step, instruction, freshAbove) && isFreshlyAgreed(step, freshAbove)
    );
  };
  const above = inWords(freshAbove);
  return [
    {
      holds: links.every(isFresh),
      proved: `No yes to more than ${above} was a click or a key alone: above that this run took something fresh.`,
      failed: `A yes to more than ${above} came without what this run took for one: a passkey, a wallet, or having signed in a moment before.`,
    },
  ];
}

/** Whether the receipts tell the amount, or nobody was asked anything. */
export function isFreshnessSaid(links: readonly StepLink[], closing: Closing): boolean {
  if (closing?.freshAbove !== undefined) return true;
  return links.every(({ body: { step } }) => step.by === null && step.consent === null);
}

/** An answer from before there were votes was a click. */
function isFreshlyAsked({ port, by, votes = [] }: Receipt, instruction: Instruction, freshAbove: Money): boolean {
  const asked = instruction.op === "ask" ? askedBy(instruction, null, freshAbove) : null;
  if (!asked || by === null) return true;
  const bare = port === "approved" && votes.length === 0;
  return (bare ? [CLICK] : yesesOf(votes)).every((evidence) => isEnough(asked, evidence));
}

/** What was paid is at most what was agreed to: a yes to more than the amount may have paid less, and passes here. */
function isFreshlyAgreed({ consent, paid }: Receipt, freshAbove: Money): boolean {
  if (!consent || !paid || !isAbove([paid], freshAbove)) return true;
  const yeses = yesesOf(consent.votes ?? []);
  return yeses.length > 0 && yeses.every(({ kind }) => FRESH.includes(kind));
}

const CLICK: Evidence = { kind: "session" };
const yesesOf = (votes: readonly Vote[]) =>
  votes.flatMap(({ answer, evidence }) => (answer === "approved" ? [evidence] : []));
