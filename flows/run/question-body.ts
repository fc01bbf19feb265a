import type { AccountId, Approver } from "../basics/ids";
import { isPaying } from "../plan/instructions";
import type { QuestionBody } from "../ports/approvals";
import { pathOf, type Spot } from "./spots";
import type { Consent, RunState } from "./state";
import { type Standings, takesOf } from "./takes";

type Asker = Pick<RunState, "plan" | "run" | "payer">;
type Asked = { spot: Spot; untilMs: number; consent: Consent | null };

/** Everything that a yes agrees to. Its digest is what an answer has to name. [R8] */
export function questionBody(
  standings: Standings,
  { plan, run, payer }: Asker,
  { spot, untilMs, consent }: Asked,
): QuestionBody {
  const step = standings.plan.steps[spot.step];
  if (!step) throw new RangeError(`the plan has no step ${spot.step}`);
  const shows = takesOf(standings, spot);
  const body = { plan, run, node: step.node, path: pathOf(spot), payer, shows, untilMs };
  const { instruction } = step;
  if (instruction.op === "ask") return { ...body, question: instruction.question, unlocks: instruction.unlocks };
  if (!consent || !isPaying(instruction)) throw new TypeError(`${spot.id} asks nobody`);
  const agents = instruction.op === "call" ? [instruction.agent] : [];
  const unlocks = { bound: [consent.amount ?? consent.held], payees: [instruction.payee], agents };
  return { ...body, question: consent.message, unlocks };
}

/** "@starter" is whoever started the run, and so pays for it. */
export function approversOf({ approvers }: { approvers: readonly Approver[] }, payer: AccountId): AccountId[] {
  return approvers.map((approver) => (approver === "@starter" ? payer : approver));
}
