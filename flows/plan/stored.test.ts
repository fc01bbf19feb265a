import { expect, test } from "vitest";
import { money } from "../basics/money";
import { fromStored, toStored } from "./stored";

test("amounts come back as bigints, in lists and beside anything else", () => {
  const event = { price: money("microcredits", 7n), bound: [money("usdc_base", 0n)], atMs: 1 };
  expect(fromStored(toStored(event))).toEqual(event);
});

test.each(["none", "-1", "007", "", "7"])(
  "[R6] an agent that says amount %j of itself cannot make a journal unreadable",
  (amount) => {
    const event = {
      type: "call_delivered",
      price: money("microcredits", 7n),
      detail: { currency: "microcredits", amount },
    };
    expect(fromStored(toStored(event))).toEqual(event);
  },
);

test.each(["none", "007", "7"])("[C4] a constant that looks like an amount stays the text %j that it was", (amount) => {
  const looks = { currency: "microcredits", amount };
  const plan = {
    input: { type: "object", properties: { fee: { const: looks } } },
    takes: { fee: { from: "constant", value: { list: [looks] } }, whole: { from: "constant", value: looks } },
    cap: money("microcredits", 7n),
  };
  expect(fromStored(toStored(plan))).toEqual(plan);
});
