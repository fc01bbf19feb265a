import { type Currency, money } from "../basics/money";
import { canonicalJson } from "./canonical";

const CURRENCIES: readonly string[] = ["microcredits", "trial_microcredits", "usdc_base"] satisfies Currency[];

/** How plans, events and states are written down: canonical JSON, amounts as decimal strings. */
export const toStored = canonicalJson;

/** Under these names lie words of agents and schemas of publishers, which may look like an amount and are none. */
const NO_MONEY_BELOW: readonly string[] = ["detail", "input", "output", "schemas"];

/**
 * Reads back what `toStored` wrote. Amounts become bigints again wherever they stand beside their currency, but not in
 * what others wrote: nobody outside can say what makes a journal unreadable, and so keeps its money held.
 * The shape is not checked: only our own journal, whose writer is typed, is read this way.
 */
export function fromStored<T>(text: string): T {
  return JSON.parse(text, (key, value) => {
    if (NO_MONEY_BELOW.includes(key)) return asWritten(value);
    if (isStoredMoney(value)) return money(value.currency, BigInt(value.amount));
    return isConstant(value) ? { ...value, value: asWritten(value.value) } : value;
  }) as T;
}

function isStoredMoney(value: unknown): value is { currency: Currency; amount: string } {
  if (typeof value !== "object" || value === null || !("currency" in value) || !("amount" in value)) return false;
  // Only what `toStored` writes for an amount, so that whatever is read is written as it was.
  return (
    typeof value.amount === "string" &&
    /^(0|[1-9]\d*)$/.test(value.amount) &&
    CURRENCIES.includes(String(value.currency))
  );
}

function isConstant(value: unknown): value is { from: "constant"; value: unknown } {
  return (
    typeof value === "object" && value !== null && "value" in value && "from" in value && value.from === "constant"
  );
}

/** A reviver meets the inner values first: what it has made bigints of becomes the text again that it was. */
function asWritten(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(asWritten);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asWritten(inner)]));
}
