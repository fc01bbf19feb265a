import { expect, test } from "vitest";
import { money } from "../basics/money";
import { mostPerCall, owedFor, Price, writtenPrice } from "./price";
import { priceWords, unitsWords } from "./price-words";

const written = { currency: "microcredits", amount: "200000" };
const pages = Price.parse({ kind: "metered", unit: "page", price: written, maxPerCall: 40 });
const call = Price.parse({ kind: "per_call", price: written });
const free = Price.parse({ kind: "free" });

test("a bare amount is what it always was: a price for each call", () => {
  expect(Price.parse(written)).toEqual(call);
  expect(writtenPrice(call)).toEqual(money("microcredits", 200_000n));
  for (const price of [pages, free, call]) expect(Price.parse(writtenPrice(price))).toEqual(price);
});

test.each([
  ["free", free],
  ["0.20 credits a call", call],
  ["0.20 credits a page, at most 40 pages a call", pages],
  ["0.20 credits an hour, at most 1 hour a call", { ...pages, unit: "hour", maxPerCall: 1 }],
  ["0.20 credits an entry, at most 250,000 entries a call", { ...pages, unit: "entry", maxPerCall: 250_000 }],
  ["0.20 credits a search, at most 40 searches a call", { ...pages, unit: "search" }],
])("a price is read as a sentence: %s", (words, price) => {
  expect(priceWords(Price.parse(price))).toBe(words);
});

test("units are counted in words", () => {
  expect([unitsWords(0, "page"), unitsWords(1, "page"), unitsWords(1_000, "day")]).toEqual([
    "0 pages",
    "1 page",
    "1,000 days",
  ]);
});

test("[C3] a metered call is owed for its units, and for no more of them than a call may count", () => {
  expect(mostPerCall(free)).toEqual(money("microcredits", 0n));
  expect(mostPerCall(call)).toEqual(money("microcredits", 200_000n));
  expect(mostPerCall(pages)).toEqual(money("microcredits", 8_000_000n));
  if (pages.kind !== "metered") throw new Error("not metered");
  const owed = [0, 1, 40, 41, Number.MAX_SAFE_INTEGER].map((units) => owedFor(pages, units).amount);
  expect(owed).toEqual([0n, 200_000n, 8_000_000n, 8_000_000n, 8_000_000n]);
});

test.each([
  { kind: "metered", unit: "page", price: written },
  { kind: "metered", unit: "page", price: written, maxPerCall: 0 },
  { kind: "metered", unit: "page", price: written, maxPerCall: 1.5 },
  { kind: "metered", unit: "", price: written, maxPerCall: 1 },
  { kind: "metered", unit: "page\n", price: written, maxPerCall: 1 },
  { kind: "metered", unit: "page", price: { currency: "microcredits", amount: "0" }, maxPerCall: 1 },
  { kind: "per_call" },
  { kind: "free", price: written },
  { kind: "by_mood", price: written },
  { currency: "microcredits", amount: "-1" },
  "0.20",
])("%j is no price", (price) => {
  expect(Price.safeParse(price).success).toBe(false);
});
