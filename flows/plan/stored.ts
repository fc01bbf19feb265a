import { type Currency, money } from "../basics/money";
import { canonicalJson } from "./canonical";

const CURRENCIES: readonly string[] = ["microcredits", "trial_microcredits", "usdc_base"] satisfies Currency[];

/** How plans, events and states are written down: canonical JSON, amounts as decimal strings. */
export const toStored = canonicalJson;

/**
 * Reads back what `toStored` wrote. Amounts become bigints again wherever they stand beside their currency.
 * The shape is not checked: only our own journal, whose writer is typed, is read this way.
 */
export function fromStored<T>(text: string): T {
  return JSON.parse(text, (_, value) =>
    isStoredMoney(value) ? money(value.currency, BigInt(value.amount)) : value,
  ) as T;
}

function isStoredMoney(value: unknown): value is { currency: Currency; amount: string } {
  if (typeof value !== "object" || value === null || !("currency" in value) || !("amount" in value)) return false;
  return typeof value.amount === "string" && CURRENCIES.includes(String(value.currency));
}
