import type { AccountId, Digest } from "../basics/ids";
import { type Money, money } from "../basics/money";
import { digestOf } from "../plan/digest";
import type { Instruction } from "../plan/instructions";
import type { ValueRef } from "../ports/values";
import { type Draft, draftStandings, isOver, move, moveRound, roundState, standing, stepAt } from "./draft";
import { classOf, isDenial } from "./failures";
import { heedStopsAfter } from "./halting";
import { type Leg, stepOperation } from "./operations";
import { drawFromPurses } from "./purses";
import { endOf, pathOf, type Round, type Spot, spotAt } from "./spots";
import type { Agreed, Outcome, Receipt, RoundEnding, StepState } from "./state";
import { takesOf, takesOfJoin } from "./takes";
import type { Vote } from "./votes";

export type Closing = {
  port: string;
  output?: Digest;
  gives?: Readonly<Record<string, ValueRef>>;
  held?: Money | null;
  paid?: Money | null;
  units?: number | undefined;
  by?: AccountId;
  subject?: Digest;
  votes?: readonly Vote[] | undefined;
  pinned?: true;
};

/** Closes a step on one of its ports. Whoever waited for it is followed up once the event has been heeded. */
export function closeStep(draft: Draft, spot: Spot, closing: Closing): void {
  const { port, output = null, gives = null, held = null, paid = null, by = null, subject = null } = closing;
  const { pinned, units, votes } = closing;
  const receipt = receiptOf(draft, spot);
  free(draft, spot, { held, paid });
  if (paid) draft.spent = money(paid.currency, draft.spent.amount + paid.amount);
  move(draft, spot, { in: "closed", port, output, gives });
  const more = { ...(pinned ? { pinned } : {}), ...(units === undefined ? {} : { units }), ...said(votes) };
  draft.receipts.push({ ...receipt, output, paid, by, subject, port, ...more });
  draft.closed.push({ spot, port });
  heedStopsAfter(draft, spot);
}

export type Failure = {
  code: string;
  reason: string;
  held?: Money | null;
  by?: AccountId;
  subject?: Digest;
  votes?: readonly Vote[] | undefined;
  pinned?: true;
  /** The slot of the container whose cap has no room for the step. */
  short?: number | undefined;
};

/**
 * Ends a step that did not do what it was for: its money is free again. The nearest body that catches such an error
 * comes to its end, or else the whole run does: after a denial always, and even where a body is ending already.
 * [R1] [R14] [R15]
 */
export function failStep(draft: Draft, spot: Spot, failure: Failure): void {
  const { code, reason, held = null, by, subject, votes, pinned, short } = failure;
  const receipt = receiptOf(draft, spot);
  free(draft, spot, { held, paid: null });
  move(draft, spot, { in: "failed", code });
  const told = { ...(pinned ? { pinned } : {}), ...said(votes) };
  const failed = { ...receipt, by: by ?? null, subject: subject ?? null, code, ...told };
  draft.receipts.push(failed);
  draft.reasons.set(failed, { reason, ...(short === undefined ? {} : { short }) });
  const ends = isDenial(code);
  if (draft.ending || (!ends && isOver(draft, spot.round))) return;
  const catcher = ends ? null : catcherOf(draft, spot.round, { code, short });
  if (catcher) endRound(draft, catcher, { code, reason, ...(short === undefined ? {} : { short }) });
  else endRun(draft, { result: "failed", step: spot.id, path: pathOf(spot), code, reason });
}

/**
 * From here on nothing is opened. What is under way comes to its own end; questions are taken back, and a call whose
 * answers keep getting lost is given up: nothing has been paid for it, and what was held back for it is free. [R1]
 */
export function endRun(draft: Draft, outcome: Outcome): void {
  draft.ending ??= outcome;
  for (const slot of [...draft.open]) takeBack(draft, spotAt(draft.plan, slot));
}

/** The same for one round of a body, whose container goes on afterwards. [R14] */
function endRound(draft: Draft, round: Round, ending: RoundEnding): void {
  const state = roundState(draft, round);
  moveRound(draft, round, { in: "round", settled: state?.in === "round" ? state.settled : 0, ending });
  draft.settled.set(round.base, round);
  const end = endOf(draft.plan, round);
  for (const slot of [...draft.open]) if (slot > round.base && slot < end) takeBack(draft, spotAt(draft.plan, slot));
}

/**
 * The nearest round around a step whose container catches such errors. A denial is caught by none; a loop that has come
 * to its cap has come to its limit. [R15] [R33]
 */
function catcherOf(draft: Draft, from: Round, { code, short }: Pick<Failure, "code" | "short">): Round | null {
  const errorClass = classOf(code);
  if (errorClass === null) return null;
  for (let round: Round | undefined = from; round?.above; round = round.above.round) {
    const { instruction } = stepAt(draft, round.above);
    if (instruction.op === "try" && instruction.catches.includes(errorClass)) return round;
    if (instruction.op === "loop" && round.above.slot === short) return round;
  }
  return null;
}

/** Money that waits for a movement under way stays held; what has not been sent out yet is not sent any more. */
function takeBack(draft: Draft, spot: Spot): void {
  const stands = standing(draft, spot.slot);
  switch (stands.in) {
    case "asking": {
      draft.withdrawn.push({
        do: "withdraw",
        operation: stepOperation(draft.before.run, spot, { leg: "ask", part: stands.part ?? 0 }),
      });
      if (stands.consent) failStep(draft, spot, { ...ABANDONED, held: stands.consent.held });
      else withdraw(draft, spot, "question_withdrawn");
      return;
    }
    case "waiting":
      withdraw(draft, spot, "wait_withdrawn");
      return;
    case "resting":
      if (stands.held) failStep(draft, spot, { ...ABANDONED, held: stands.held });
      else move(draft, spot, { in: "skipped" });
      return;
    case "halted":
      if ("held" in stands.at && stands.at.held) failStep(draft, spot, { ...ABANDONED, held: stands.at.held });
      else move(draft, spot, { in: "skipped" });
      return;
    case "unknown":
      // Whoever works on a call spends for it, and is paid for what comes of it however this run ends. [R42]
      if (stands.askAgainAtMs !== null && stands.was.in !== "capturing" && !stands.atWork)
        failStep(draft, spot, { ...ABANDONED, held: stands.was.held });
      return;
    default:
      return;
  }
}

function said(votes: readonly Vote[] | undefined) {
  return votes && votes.length > 0 ? { votes } : {};
}

export const ABANDONED = { code: "call_abandoned", reason: "The run was ending." };

function withdraw(draft: Draft, spot: Spot, code: string): void {
  const receipt = receiptOf(draft, spot);
  move(draft, spot, { in: "skipped" });
  draft.receipts.push({ ...receipt, code });
}

type Spent = { held: Money | null; paid: Money | null };

function free(draft: Draft, spot: Spot, { held, paid }: Spent): void {
  if (!held) return;
  const back = held.amount - (paid?.amount ?? 0n);
  draft.left = money(held.currency, draft.left.amount + back);
  drawFromPurses(draft, spot, -back);
}

function receiptOf(draft: Draft, spot: Spot): Receipt {
  const { instruction } = stepAt(draft, spot);
  const stands = standing(draft, spot.slot);
  const standings = draftStandings(draft);
  const took = stands.in === "deciding" ? stands.took : null;
  const consent: Agreed | null = draft.agreed.get(spot.slot) ?? null;
  return {
    step: spot.id,
    path: pathOf(spot),
    operation: stepOperation(draft.before.run, spot, legOf(instruction, stands)),
    input: digestOf(took ? takesOfJoin(standings, spot, took) : takesOf(standings, spot)),
    output: null,
    agent: instruction.op === "call" ? instruction.agent : null,
    payee:
      instruction.op === "call" || instruction.op === "model" || instruction.op === "pay" ? instruction.payee : null,
    paid: null,
    by: null,
    subject: null,
    consent,
    port: null,
    code: null,
    atMs: draft.nowMs,
  };
}

/** The operation that a receipt stands for: the effect that the step is there for, in its last attempt. */
export function mainLegOf({ op }: Instruction): Leg["leg"] {
  if (op === "call" || op === "model") return "call";
  if (op === "pay") return "capture";
  if (op === "ask" || op === "wait") return op;
  return "decide";
}

function legOf(instruction: Instruction, stands: StepState): Leg {
  const leg = mainLegOf(instruction);
  const inFlight = stands.in === "unknown" ? stands.was : stands;
  if (leg === "decide") return { leg, part: inFlight.in === "deciding" ? inFlight.part : 0 };
  if (leg === "ask") return { leg, part: partOf(inFlight) };
  if (leg !== "call") return { leg, part: 0 };
  return { leg, part: "attempt" in inFlight ? inFlight.attempt : 0 };
}

/** How often a question was edited by the time it was decided. */
function partOf(stands: StepState): number {
  if (stands.in === "asking") return stands.part ?? 0;
  return stands.in === "deciding" ? (stands.agreed?.part ?? 0) : 0;
}
