import type { AccountId } from "../basics/ids";
import { type Money, money } from "../basics/money";
import type { Rates } from "./instructions";

/** What the operator says of a language model: whom a turn of it pays, and what it costs. */
export type ModelTerms = { payee: AccountId; publisher: "house" | "outside"; rates: Rates };

/** The language models that a studio can ask, by the name that a flow says. */
export type Models = ReadonlyMap<string, ModelTerms>;

/** How much was read and written, as a model counts it. */
export type Tokens = { input: number; output: number };

const MILLION = 1_000_000n;

/** What so many tokens cost: rounded up, so that what was used is never worth nothing. Both rates are in one currency. */
export function priceOf(rates: Rates, tokens: Tokens): Money {
  const parts = rates.read.amount * BigInt(tokens.input) + rates.written.amount * BigInt(tokens.output);
  return money(rates.read.currency, (parts + MILLION - 1n) / MILLION);
}
