import { z } from "zod";
import { type Money, Money as MoneySchema, money } from "../basics/money";

/** What a metered agent counts, in the singular: "page", "audio minute". */
const Unit = z
  .string()
  .regex(/^[a-z][a-z0-9]*([ -][a-z0-9]+)*$/i, "is one or more words in the singular, as in page or audio minute")
  .max(24);

const Amount = MoneySchema.refine(({ amount }) => amount > 0n, "is more than nothing; what costs nothing is free");

const Free = z.strictObject({ kind: z.literal("free") });
const PerCall = z.strictObject({ kind: z.literal("per_call"), price: MoneySchema });
const Metered = z.strictObject({
  kind: z.literal("metered"),
  unit: Unit,
  price: Amount,
  maxPerCall: z.number().int().min(1).max(1_000_000),
});

/** Manifests said a bare amount before there were other prices, which still means: for each call. */
const Bare = MoneySchema.transform((price) => ({ kind: "per_call" as const, price }));

/**
 * What a delivered call costs. `metered`: the agent says with its answer how many units it worked on, and is paid for at
 * most `maxPerCall` of them, whatever it says. What is not delivered costs nothing.
 */
export const Price = z.union([z.discriminatedUnion("kind", [Free, PerCall, Metered]), Bare]);
export type Price = z.output<typeof Price>;
export type Metered = Extract<Price, { kind: "metered" }>;

/** The most that one call can come to: what the bound counts. */
export function mostPerCall(price: Price): Money {
  if (price.kind === "free") return money("microcredits", 0n);
  return price.kind === "per_call" ? price.price : owedFor(price, price.maxPerCall);
}

/** What so many units come to. Above the most that a call may count, the rest is the agent's loss. [C3] */
export function owedFor({ price, maxPerCall }: Pick<Metered, "price" | "maxPerCall">, units: number): Money {
  return money(price.currency, price.amount * BigInt(Math.min(units, maxPerCall)));
}

/**
 * A price as it is written down and digested: one for each call as the bare amount that it always was, so that what was
 * agreed to before there were other prices is still the same.
 */
export function writtenPrice(price: Price): Money | Exclude<Price, { kind: "per_call" }> {
  return price.kind === "per_call" ? price.price : price;
}
