import type { Paying } from "../plan/instructions";
import { unitsCost } from "../run/owed";
import { inCurrency } from "../run/preflight";
import type { Receipt } from "../run/state";

/**
 * Whether what was paid is the price of the units that the receipt names, up to the cap of the step. Without units it is
 * what a person said that a lost answer was worth: at most what the price can come to. [V5]
 */
export function isOwedByUnits({ paid, units, pinned }: Receipt, paying: Paying): boolean {
  const metered = paying.op === "call" ? paying.metered : undefined;
  if (!metered) return units === undefined;
  if (pinned) return units === undefined;
  const costs = (count: number) => {
    const cost = unitsCost(metered, count);
    return paid ? (inCurrency(cost, paid.currency)?.amount ?? 0n) : cost.amount;
  };
  if (units === undefined) return paid === null || paid.amount <= costs(metered.maxPerCall);
  if (units < 0) return false;
  const owed = costs(units);
  const most = paid && inCurrency(paying.cap, paid.currency);
  return (paid?.amount ?? 0n) === (most && most.amount < owed ? most.amount : owed);
}
