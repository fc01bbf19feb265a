import { type Money, money } from "../basics/money";
import { inWords } from "../basics/money-words";
import { RuleAgreement, SIMPLE } from "../plan/agreement";
import { isPaying, type Paying } from "../plan/instructions";
import { ABANDONED, closeStep, failStep } from "./closing";
import { type Draft, isOver, move, stepAt } from "./draft";
import type { Judgement } from "./events";
import { halt, haltsPayment, isHeldUp } from "./halting";
import { inCurrency, preflight } from "./preflight";
import { drawFromPurses, shortOf } from "./purses";
import { putQuestion } from "./questions";
import type { Spot } from "./spots";

/**
 * Opens a step that pays: it is held against the plan and what is left, its cap is set aside, and the policy judges it
 * before anything is sent. [R7] [R16]
 */
export function openPaying(draft: Draft, spot: Spot, paying: Paying): void {
  const allowed = preflight(draft.plan, paying, draft.left);
  const needed = allowed.ok ? allowed.value : allowed.error.code === "budget_exceeded" ? allowed.error.needed : null;
  // The bound counts a body under a cap for its cap: what goes beyond that is no denial.
  const short = needed && shortOf(draft, spot, needed);
  if (short) {
    const { container, purse } = short;
    const reason = `The cap of ${container.id} has ${inWords(purse)} left, and this may cost ${inWords(needed)}.`;
    failStep(draft, spot, { code: "cap_reached", reason, short: container.slot });
    return;
  }
  if (!allowed.ok) {
    failStep(draft, spot, { code: allowed.error.code, reason: "Denied before the call." });
    return;
  }
  const held = allowed.value;
  draft.left = money(held.currency, draft.left.amount - held.amount);
  drawFromPurses(draft, spot, held.amount);
  if (paying.op !== "pay") judge(draft, spot, { held, amount: null });
  else if ("fixed" in paying.amount) amountKnown(draft, spot, { held, amount: paying.amount.fixed });
  else move(draft, spot, { in: "deciding", part: 0, held, took: null, rounds: null, tries: 0 });
}

type Payment = { held: Money; amount: Money | null };

/** What a payment comes to is known: above its cap, or in another currency, it is not made. */
export function amountKnown(draft: Draft, spot: Spot, { held, amount }: { held: Money; amount: Money }): void {
  const paid = inCurrency(amount, held.currency);
  const fits = paid && paid.amount <= held.amount;
  if (!fits) failStep(draft, spot, { code: "amount_above_cap", reason: "The amount is above its cap.", held });
  else if (isOver(draft, spot.round)) failStep(draft, spot, { ...ABANDONED, held });
  else if (haltsPayment(draft, spot, paid)) halt(draft, spot, { before: "judging", held, amount: paid });
  else judge(draft, spot, { held, amount: paid });
}

/** The policy has spoken. Whatever is not an allowance, or people's consent, ends in a denial. [R16] */
export function heed(draft: Draft, spot: Spot, payment: Payment & { judgement: Judgement }): void {
  const { held, amount, judgement } = payment;
  if (judgement.verdict === "deny") {
    failStep(draft, spot, { code: "policy_denied", reason: `${judgement.rule}: ${judgement.message}`, held });
    return;
  }
  if (isOver(draft, spot.round)) {
    failStep(draft, spot, { ...ABANDONED, held });
    return;
  }
  if (judgement.verdict === "allow") {
    act(draft, spot, { held, amount });
    return;
  }
  if (isHeldUp(draft, spot)) {
    halt(draft, spot, { before: "judging", held, amount }); // asked for again, the verdict is the same
    return;
  }
  const { rule, message, approvers } = judgement;
  // What a rule asks for and nobody here can read is not asked for less: the payment is not made.
  const says = judgement.agreement === undefined ? null : RuleAgreement.safeParse(judgement.agreement);
  if (says && !says.success) {
    failStep(draft, spot, { code: "policy_denied", reason: `${rule}: what it asks for cannot be read.`, held });
    return;
  }
  // Whoever started the run agrees to its payments only where the rule names them, and not as one of a group. [R50]
  const isNamed = approvers.some((each) => each === "@starter" || each === draft.before.payer);
  const agreement = { ...SIMPLE, ...says?.data, starter: isNamed ? "may" : "barred" } as const;
  putQuestion(draft, spot, { rule, message, approvers, agreement, held, amount });
}

/** Sends the effect that the step is there for; not while the run is paused. [R27] */
export function act(draft: Draft, spot: Spot, { held, amount }: Payment): void {
  if (isHeldUp(draft, spot)) {
    halt(draft, spot, { before: "acting", held, amount });
    return;
  }
  const { instruction } = stepAt(draft, spot);
  if (!isPaying(instruction)) throw new TypeError(`${spot.id} pays nobody`);
  if (instruction.op !== "pay")
    move(draft, spot, { in: "calling", held, untilMs: draft.nowMs + instruction.deadlineMs, attempt: 0, tries: 0 });
  else if (amount && amount.amount > 0n)
    move(draft, spot, { in: "capturing", held, price: amount, delivered: null, attempt: 0, tries: 0 });
  else closeStep(draft, spot, { port: "done", held, gives: paidAs(amount ?? held, 0n) });
}

/** What a payment leaves behind for the steps after it. */
export function paidAs({ currency }: Money, amount: bigint) {
  return { paid: { from: "constant", value: { currency, amount: String(amount) } } } as const;
}

/** Asks the policy about a payment, where there is one. [R16] */
export function judge(draft: Draft, spot: Spot, { held, amount }: Payment): void {
  if (draft.before.policy === null) act(draft, spot, { held, amount });
  else move(draft, spot, { in: "judging", held, amount, tries: 0 });
}
