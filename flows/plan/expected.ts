import { type Currency, type Money, money } from "../basics/money";

/** So many runs say what the next one may come to; fewer say nothing. */
export const RUNS_THAT_TELL = 30;

/**
 * What a run of a plan comes to on average, rounded up to the smallest unit, by what its last runs spent. Null where they
 * are too few, or were paid in currencies that do not add up. [C15]
 */
export function expectedOf(spent: readonly Money[]): Money | null {
  const last = spent.slice(0, RUNS_THAT_TELL);
  const [currency, ...others] = new Set(last.map((each) => plain(each.currency)));
  if (last.length < RUNS_THAT_TELL || currency === undefined || others.length > 0) return null;
  const sum = last.reduce((total, { amount }) => total + amount, 0n);
  const count = BigInt(last.length);
  return money(currency, (sum + count - 1n) / count);
}

/** Trial microcredits count as microcredits. */
function plain(currency: Currency): Currency {
  return currency === "trial_microcredits" ? "microcredits" : currency;
}
