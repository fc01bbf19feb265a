import { expect, test } from "vitest";
import { endsOf, whatOf } from "@/components/panels/wallet/posting-words";

test("a posting says from where to where it went, in the words of the balances", () => {
  const grant = { kind: "grant", amount: 500n, counterpart: "source:trial_microcredits" };
  const reserve = { kind: "reserve", amount: -100n, counterpart: "held:run/reserve" };
  const capture = { kind: "capture", amount: -60n, counterpart: "main:studio:trial_microcredits" };
  const release = { kind: "release", amount: 40n, counterpart: "held:run/reserve" };
  expect([grant, reserve, capture, release].map(endsOf)).toEqual([
    { from: "studio", to: "Left" },
    { from: "Left", to: "Reserved" },
    { from: "Reserved", to: "studio" },
    { from: "Reserved", to: "Left" },
  ]);
});

test("a kind that this screen does not know yet keeps its own name", () => {
  expect(whatOf({ kind: "payout" })).toBe("payout");
});
