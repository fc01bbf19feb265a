import { expect, test } from "vitest";
import { money } from "../basics/money";
import { expectedOf } from "./expected";

const runs = (count: number, amount: bigint) =>
  Array.from({ length: count }, () => money("trial_microcredits", amount));

test("[C15] thirty runs of a plan say what the next one comes to, fewer do not, and older ones are not asked", () => {
  expect(expectedOf([])).toBeNull();
  expect(expectedOf(runs(29, 10n))).toBeNull();
  expect(expectedOf(runs(30, 10n))).toEqual(money("microcredits", 10n));
  expect(expectedOf([...runs(29, 10n), money("microcredits", 11n)])).toEqual(money("microcredits", 11n));
  expect(expectedOf([...runs(30, 10n), ...runs(100, 99n)])).toEqual(money("microcredits", 10n));
  expect(expectedOf([...runs(29, 10n), money("usdc_base", 10n)])).toBeNull();
});
