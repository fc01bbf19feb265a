import { inUsdc, isWholeInUsdc, MICROCREDITS_PER_BASE_UNIT } from "../basics/exchange";
import type { AccountId, StepId } from "../basics/ids";
import { type Money, UsdcBase } from "../basics/money";
import { err, ok, type Result } from "../basics/result";
import { isPaying, type Paying } from "../plan/instructions";
import type { Plan } from "../plan/plan";
import type { OpenAsk } from "../ports/escrows";

/** The part of an escrow that follows from the plan alone. */
export type Funding = Pick<OpenAsk, "cap" | "payees" | "lastsSeconds">;

export type FundingError =
  | { code: "nothing_to_fund" } // a run that can pay nobody needs no escrow
  | { code: "price_not_whole"; step: StepId; price: Money; multiple: bigint } // a multiple of so many microcredits can be paid
  | { code: "price_currency_differs"; step: StepId; price: Money };

/**
 * What the escrow of a run must hold, whom it can pay, and how long it may be needed. Every price that a plan names is
 * paid to the last bit or refused here; what a model's tokens or a person's word come to is rounded down. `workMs`: as long as the
 * payer lets it work, where that is longer than the plan can take. [S5]
 */
export function fundingOf(plan: Plan, workMs = 0): Result<Funding, FundingError> {
  for (const { id, instruction } of plan.steps) {
    const price = isPaying(instruction) ? priceOf(instruction) : null;
    if (!price) continue;
    if (inUsdc(price) === null) return err({ code: "price_currency_differs", step: id, price });
    if (!isWholeInUsdc(price))
      return err({ code: "price_not_whole", step: id, price, multiple: MICROCREDITS_PER_BASE_UNIT });
  }
  const cap = plan.bound.reduce((total, part) => total + (inUsdc(part) ?? 0n), 0n);
  const payees = payeesOf(plan).filter((payee) => payee.cap > 0n);
  if (cap === 0n || payees.length === 0) return err({ code: "nothing_to_fund" });
  const lastsSeconds = Math.ceil((Math.max(plan.time.workMs, workMs) + plan.time.waitMs) / 1_000);
  return ok({ cap: UsdcBase.parse(cap), payees, lastsSeconds });
}

/** Null where no price stands in the plan: a model's is made of tokens, and of an expression only the cap is known. */
function priceOf(paying: Paying): Money | null {
  if (paying.op === "call") return paying.metered?.price ?? paying.price;
  return paying.op === "pay" && "fixed" in paying.amount ? paying.amount.fixed : null;
}

function payeesOf({ authority, steps }: Plan): Funding["payees"] {
  const outside = new Set<AccountId>();
  for (const { instruction } of steps)
    if (isPaying(instruction) && instruction.publisher === "outside") outside.add(instruction.payee);
  const caps = new Map<AccountId, bigint>();
  for (const { payee, cap } of authority.payees) caps.set(payee, (caps.get(payee) ?? 0n) + (inUsdc(cap) ?? 0n));
  return [...caps].map(([payee, cap]) => ({
    payee,
    cap: UsdcBase.parse(cap),
    publisher: outside.has(payee) ? "outside" : "house",
  }));
}
