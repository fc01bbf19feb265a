import type { Money } from "../basics/money";
import { err, ok, type Result } from "../basics/result";
import type { Call } from "../plan/instructions";
import type { Delivery } from "../ports/agents";
import { owedFor } from "../types/price";
import type { Refusal } from "./decide";
import { inCurrency } from "./preflight";

/** What so many units come to, by the price that stands in a plan. */
export function unitsCost(metered: NonNullable<Call["metered"]>, units: number): Money {
  return owedFor(metered, units);
}

/** The most that a call may be paid for, whoever says what it delivered: its price in the plan, and never above its cap. */
export function mostOwed({ cap, price, metered }: Call): Money {
  const most = metered ? unitsCost(metered, metered.maxPerCall) : price;
  return most.amount < cap.amount ? most : cap;
}

/**
 * What a delivery costs by the price that stands in the plan. A metered agent that does not say how many units it worked
 * on, or says what is no number of things, broke its contract and is paid nothing. Any other may ask for less than its
 * price and not for more, also where the cap has room for it. [R40]
 */
export function owedBy(
  { metered, price: declared }: Call,
  { price, units }: Pick<Delivery, "price" | "units">,
): Result<{ price: Money; units?: number }, Refusal> {
  if (metered) {
    const isCount = units !== undefined && Number.isSafeInteger(units) && units >= 0;
    const said = units === undefined ? "nothing" : String(units);
    const reason = `The agent has to say with its answer how many units it worked on (${metered.unit}), and said ${said}.`;
    return isCount ? ok({ price: unitsCost(metered, units), units }) : err({ code: "units_invalid", reason });
  }
  if (price) return heldToPrice(price, declared);
  if (declared.amount === 0n) return ok({ price: declared });
  return err({ code: "agent_refused", reason: "answer_malformed: it does not say its price" });
}

/**
 * What is asked beyond the price in the plan is the agent's loss. A free agent that asks is paid nothing. Agents ask in
 * credits whatever a run is paid with: which rail that is, is none of their business.
 */
function heldToPrice(asked: Money, declared: Money): Result<{ price: Money }, Refusal> {
  const most = asked.currency === "usdc_base" ? null : inCurrency(declared, asked.currency);
  if (most) return ok({ price: asked.amount < most.amount ? asked : most });
  const reason = `The agent asked for ${asked.currency}, its price is in ${declared.currency}.`;
  return err({ code: "price_currency_differs", reason });
}
