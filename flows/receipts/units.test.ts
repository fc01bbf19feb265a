import { expect, test } from "vitest";
import { AccountId, OperationId, RunId } from "../basics/ids";
import { money } from "../basics/money";
import { callStep, planOf } from "../examples/small-plan";
import { digestOf } from "../plan/digest";
import { type Call, isPaying } from "../plan/instructions";
import type { RunEvent } from "../run/events";
import type { Receipt } from "../run/state";
import { fold, transition } from "../run/transition";
import { isOwedByUnits } from "./units";

const credits = (amount: bigint) => money("microcredits", amount);
const metered = { unit: "page", price: credits(2n), maxPerCall: 9 };

function owed(said: Partial<Receipt>, more: Partial<Call> = { metered, cap: credits(18n) }): boolean {
  const { instruction } = callStep("a", [], more);
  if (!isPaying(instruction)) throw new Error("pays nobody");
  return isOwedByUnits({ paid: null, ...said } as Receipt, instruction);
}

test("[V5] a metered step was paid its price for the units, and no more of them than a call may count", () => {
  expect(owed({ units: 4, paid: credits(8n) })).toBe(true);
  expect(owed({ units: 40, paid: credits(18n) })).toBe(true);
  expect(owed({ units: 4, paid: money("trial_microcredits", 8n) })).toBe(true);
  expect(owed({ units: 0 })).toBe(true);
  for (const [units, paid] of [
    [4, 9n],
    [4, 7n],
    [40, 80n],
    [0, 2n],
    [-1, 2n],
  ] as const)
    expect([units, owed({ units, paid: credits(paid) })]).toEqual([units, false]);
  expect(owed({ units: 4 })).toBe(false);
});

test("[V5] units are named by metered steps alone, and without them nobody was paid more than the price can come to", () => {
  expect(owed({ units: 4, paid: credits(8n) }, {})).toBe(false);
  expect(owed({ paid: credits(8n) }, {})).toBe(true);
  expect(owed({ paid: credits(18n) })).toBe(true);
  expect(owed({ paid: credits(19n) }, { metered, cap: credits(30n) })).toBe(false);
  expect(owed({ units: 4, pinned: true })).toBe(false);
  expect(owed({ pinned: true })).toBe(true);
});

test("[R40] [V5] a metered call that a person tells of is paid for at most as many units as the plan allows, as its receipt proves", () => {
  const call = callStep("a", [], { effect: "once", cap: credits(100n), price: credits(18n), metered });
  const plan = planOf([call]);
  const ada = AccountId.parse("ada");
  const on = (operation: string) => ({ operation: OperationId.parse(`r/${operation}`), atMs: 0 });
  const terms = { run: RunId.parse("r"), plan: digestOf(plan), payer: ada, input: digestOf("in"), policy: null };
  const told: RunEvent[] = [
    { type: "run_started", ...terms, budget: credits(100n), atMs: 0 },
    { type: "funds_reserved", ...on("reserve") },
    { type: "outcome_lost", ...on("a/call") },
    {
      type: "outcome_told",
      by: ada,
      delivered: { output: digestOf("out"), price: credits(100n), detail: {} },
      ...on("a/call"),
    },
  ];
  const { receipts } = transition(plan, fold(plan, told), { type: "funds_captured", ...on("a/capture") });
  expect(receipts).toMatchObject([{ port: "done", paid: credits(18n) }]);
  expect(isPaying(call.instruction) && receipts.every((each) => isOwedByUnits(each, call.instruction as Call))).toBe(
    true,
  );
});
