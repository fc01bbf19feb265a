import type { Digest } from "../basics/ids";
import { type Agreement, type Asked, agreementOf } from "../plan/agreement";
import { canonicalJson } from "../plan/canonical";
import { digestOf } from "../plan/digest";
import { evidenceNeeded } from "../plan/evidence";
import { type Instruction, isPaying } from "../plan/instructions";
import type { QuestionBody } from "../ports/approvals";
import { askedAfter, type Edit, mergedEdits, timesChanged } from "./edits";
import { stepOperation } from "./operations";
import { pathOf, type Spot } from "./spots";
import type { Consent, RunState } from "./state";
import { type Standings, takesOf } from "./takes";

type Asker = Pick<RunState, "plan" | "run" | "payer" | "freshAbove">;
/** `part` counts how often the question was edited, from 0. */
type Put = {
  spot: Spot;
  askedAtMs: number;
  untilMs: number;
  consent: Consent | null;
  part: number;
  edits: readonly Edit[];
};

/** Everything that a yes agrees to. Its digest is what an answer has to name. [R8] */
export function questionBody(
  standings: Standings,
  { plan, run, payer, freshAbove }: Asker,
  { spot, askedAtMs, untilMs, consent, part, edits }: Put,
): QuestionBody {
  const step = standings.plan.steps[spot.step];
  if (!step) throw new RangeError(`the plan has no step ${spot.step}`);
  const shows = takesOf(standings, spot);
  const operation = stepOperation(run, spot, { leg: "ask", part });
  const { instruction } = step;
  const asked = askedBy(instruction, consent, freshAbove);
  if (!asked) throw new TypeError(`${spot.id} asks nobody`);
  const agreement = agreementOf(asked);
  const { least, against, weights, evidence } = agreement;
  const body = {
    ...{ plan, run, step: spot.id, node: step.node, path: pathOf(spot), operation, payer, shows, untilMs, askedAtMs },
    nonce: nonceOf({ operation, askedAtMs, plan }),
    agreement: {
      ...{ approvers: asked.approvers, least, against },
      ...(evidence ? { evidence: evidence.kinds } : {}),
      ...(consent && Object.keys(weights).length > 0 ? { weights } : {}), // those of an approval stand in the plan
    },
    edits: shownEdits(agreement, edits),
  };
  if (instruction.op === "ask") return { ...body, question: instruction.question, unlocks: instruction.unlocks };
  if (!consent || !isPaying(instruction)) throw new TypeError(`${spot.id} asks nobody`);
  const agents = instruction.op === "call" ? [instruction.agent] : [];
  const unlocks = { bound: [consent.amount ?? consent.held], payees: [instruction.payee], agents };
  return { ...body, question: consent.message, unlocks };
}

/**
 * A question as it is once somebody has edited it: what they agree to by that. It is what `questionBody` makes of the same
 * edits, for whoever has the question alone. [R51]
 */
export function editedQuestion(about: QuestionBody, agreement: Agreement, edits: readonly Edit[]): QuestionBody {
  const before = placesOf(about, agreement);
  const operation = askedAfter(about.operation, timesChanged(about.operation) + 1);
  const { askedAtMs, plan } = about;
  const made = { ...about, operation, nonce: nonceOf({ operation, askedAtMs, plan }) };
  return { ...made, edits: shownEdits(agreement, mergedEdits(before, edits)) };
}

/** What was edited in a question, by its places in the agreement. A question from before there were edits has none. */
export function placesOf({ edits }: { edits?: QuestionBody["edits"] }, agreement: Agreement): Edit[] {
  return (edits ?? []).flatMap(({ field, at, value }) => {
    const place = agreement.edits.findIndex(
      (may) => may.field === field && canonicalJson(may.at) === canonicalJson(at),
    );
    return place < 0 ? [] : [{ place, value }];
  });
}

function shownEdits({ edits: allowed }: Agreement, edits: readonly Edit[]): QuestionBody["edits"] {
  return edits.flatMap(({ place, value }) => {
    const may = allowed[place];
    return may ? [{ field: may.field, at: may.at, title: may.title, value }] : [];
  });
}

function nonceOf(asked: Pick<QuestionBody, "operation" | "askedAtMs" | "plan">): Digest {
  return digestOf(asked);
}

/**
 * Whom a step asks: those of its approval, or those of the rule that wants consent before it pays; and what their yes has to
 * come with, for what this very yes can cost. [R54]
 */
export function askedBy(
  instruction: Instruction,
  consent: Consent | null,
  freshAbove: RunState["freshAbove"],
): Asked | null {
  const asked: Asked | null = consent ?? (instruction.op === "ask" ? instruction : null);
  if (!asked) return null;
  const { approvers, agreement } = asked;
  const bound = consent ? [consent.amount ?? consent.held] : instruction.op === "ask" ? instruction.unlocks.bound : [];
  const kinds = evidenceNeeded(agreement?.evidence, bound, freshAbove);
  if (!kinds && !agreement) return { approvers };
  const { evidence: _, ...others } = agreementOf(asked);
  return { approvers, agreement: { ...others, ...(kinds ? { evidence: { kinds: [...kinds] } } : {}) } };
}
