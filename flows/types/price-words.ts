import { inWords } from "../basics/money-words";
import type { Price } from "./price";

/** A price as people read it: `free`, `0.40 credits a call`, `0.20 credits a page, at most 40 pages a call`. */
export function priceWords(price: Price): string {
  if (price.kind === "free") return "free";
  if (price.kind === "per_call") return `${inWords(price.price)} a call`;
  const { unit, maxPerCall } = price;
  return `${inWords(price.price)} ${one(unit)}, at most ${unitsWords(maxPerCall, unit)} a call`;
}

/** `1 page`, `40 pages`, `1,000 pages`. */
export function unitsWords(units: number, unit: string): string {
  const digits = String(units).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${digits} ${units === 1 ? unit : many(unit)}`;
}

function one(unit: string): string {
  return `${/^([aeio]|hour)/i.test(unit) ? "an" : "a"} ${unit}`;
}

/** Publishers write their own units: the plural is the plain English one. */
function many(unit: string): string {
  if (/(s|x|z|ch|sh)$/i.test(unit)) return `${unit}es`;
  return /[^aeiou]y$/i.test(unit) ? `${unit.slice(0, -1)}ies` : `${unit}s`;
}
