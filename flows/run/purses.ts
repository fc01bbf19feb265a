import { type Money, money } from "../basics/money";
import { isContainer } from "../plan/instructions";
import { type Draft, stepAt } from "./draft";
import { inCurrency } from "./preflight";
import type { Spot } from "./spots";

/** What a container under a cap may still spend, all of its rounds together; null for one without a cap. */
function purseOf(draft: Draft, container: Spot): Money | null {
  const { instruction } = stepAt(draft, container);
  if (!isContainer(instruction) || !instruction.cap) return null;
  const { currency } = draft.left;
  return draft.purses.get(container.slot) ?? inCurrency(instruction.cap, currency) ?? money(currency, 0n);
}

/** Every container around a step that has a cap, from the nearest out. */
function pursesAround(draft: Draft, spot: Spot): { container: Spot; purse: Money }[] {
  const found: { container: Spot; purse: Money }[] = [];
  for (let container = spot.round.above; container; container = container.round.above) {
    const purse = purseOf(draft, container);
    if (purse) found.push({ container, purse });
  }
  return found;
}

/** The nearest container around a step whose cap has no room for what is needed; null when all of them have. [R33] */
export function shortOf(draft: Draft, spot: Spot, needed: Money): { container: Spot; purse: Money } | null {
  return pursesAround(draft, spot).find(({ purse }) => purse.amount < needed.amount) ?? null;
}

/** Takes an amount out of every purse around a step, or with a negative one puts it back. [R33] */
export function drawFromPurses(draft: Draft, spot: Spot, amount: bigint): void {
  for (const { container, purse } of pursesAround(draft, spot))
    draft.purses.set(container.slot, money(purse.currency, purse.amount - amount));
}
