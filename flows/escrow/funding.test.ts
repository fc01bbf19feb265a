import { expect, test } from "vitest";
import { AccountId } from "../basics/ids";
import { money } from "../basics/money";
import { callStep, planOf } from "../examples/small-plan";
import { fundingOf } from "./funding";

const priced = (id: string, amount: bigint, more: object = {}) =>
  callStep(id, [], { price: money("microcredits", amount), cap: money("microcredits", amount), ...more });

test("[S5] an escrow holds the bound in USDC, and names every payee of the plan with what it can get at most", () => {
  const house = { payee: AccountId.parse("studio"), publisher: "house" };
  const plan = {
    ...planOf([priced("a", 1_000_000n), priced("b", 500_000n, house)]),
    time: { workMs: 1_500, waitMs: 9_000 },
  };
  expect(fundingOf(plan)).toEqual({
    ok: true,
    value: {
      cap: 15_000n,
      lastsSeconds: 11,
      payees: [
        { payee: "acme", cap: 15_000n, publisher: "outside" },
        { payee: "studio", cap: 15_000n, publisher: "house" },
      ],
    },
  });
});

test("[S5] an escrow lasts as long as the payer lets the run work, where that is longer than its plan", () => {
  const plan = { ...planOf([priced("a", 1_000_000n)]), time: { workMs: 1_500, waitMs: 9_000 } };
  expect(fundingOf(plan, 60_000)).toMatchObject({ value: { lastsSeconds: 69 } });
  expect(fundingOf(plan, 1_000)).toMatchObject({ value: { lastsSeconds: 11 } });
});

test("[S5] a price that USDC cannot pay to the last bit is refused, with the step and what it must be a multiple of", () => {
  expect(fundingOf(planOf([priced("a", 1_000n), priced("b", 1_050n)]))).toMatchObject({
    error: { code: "price_not_whole", step: "b", price: { amount: 1_050n }, multiple: 100n },
  });
  const trial = money("trial_microcredits", 100n);
  expect(fundingOf(planOf([priced("a", 100n, { price: trial, cap: trial })]))).toMatchObject({
    error: { code: "price_currency_differs", step: "a" },
  });
});

test("[S5] a run that pays nobody needs no escrow", () => {
  expect(fundingOf(planOf([priced("a", 0n)]))).toEqual({ ok: false, error: { code: "nothing_to_fund" } });
});
