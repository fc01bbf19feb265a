import type { Money } from "../flows/basics/money";
import { type Price, writtenPrice } from "../flows/types/price";

/** A price as a manifest tells it: amounts as text, because JSON has no integers of their size. */
export function toldPrice(price: Price) {
  const written = writtenPrice(price);
  if (!("kind" in written)) return toldAmount(written);
  return written.kind === "free" ? written : { ...written, price: toldAmount(written.price) };
}

/** What an answer says of money: its price, or, of a metered agent, how many units it is for. */
export function owing(price: Price, units: number | undefined) {
  if (price.kind === "metered") return { units };
  return price.kind === "free" ? {} : { price: toldAmount(price.price) };
}

function toldAmount({ currency, amount }: Money) {
  return { currency, amount: amount.toString() };
}
