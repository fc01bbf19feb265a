import { expect, test } from "vitest";
import { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { digestOf } from "@/flows/plan/digest";
import type { RunEvent } from "@/flows/run/events";
import { memoryValues } from "@/flows/simulator/values";
import type { Delivery, Posted } from "../repos/inbox-repo";
import type { RunInList } from "../repos/runs-repo";
import { settleOutcome } from "./settle-outcome";

const ada = AccountId.parse("ada");
const run = RunId.parse("r");
const operation = OperationId.parse("r/a/call");
const drawn = planOf([callStep("a", [], { effect: "once" })]);
const answer = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };
const drawnPlan: typeof drawn = {
  ...drawn,
  schemas: Object.fromEntries(Object.keys(drawn.schemas).map((digest) => [digest, answer])) as never,
};
const [cap] = drawnPlan.bound;
if (!cap) throw new Error("the plan costs nothing");

/** A run whose only call may be made once, and whose answer is lost, unless it has been told already. */
function studio(more: readonly RunEvent[] = [], plan = drawnPlan) {
  const delivered: Delivery[] = [];
  const events: RunEvent[] = [
    {
      type: "run_started",
      run,
      plan: digestOf(plan),
      payer: ada,
      budget: cap as never,
      input: digestOf({}),
      policy: null,
      atMs: 1,
    },
    { type: "funds_reserved", operation: OperationId.parse("r/reserve"), atMs: 2 },
    { type: "outcome_lost", operation, atMs: 3 },
    ...more,
  ];
  const found = { id: run, plan: digestOf(plan), budget: cap } as RunInList;
  const unused = async () => {
    throw new Error("not used here");
  };
  const services = {
    inbox: {
      post: async (letter: Delivery): Promise<Posted> => (delivered.push(letter) === 1 ? "posted" : "repeated"),
    },
    runs: {
      find: async (owner: AccountId) => (owner === ada ? found : null),
      plan: async () => plan,
      events: async () => events.map((event, seq) => ({ seq, event })),
      ...{ queue: unused, list: unused, spentBy: unused, underWay: unused, retry: unused, receipts: unused },
    },
    values: memoryValues(),
  };
  return { services, delivered };
}

const word = { owner: ada, run, operation };

test("[R3] the payer tells that nothing came, once, and nobody else does", async () => {
  const { services, delivered } = studio();
  expect(await settleOutcome(services, { ...word, delivered: null })).toEqual({ ok: true, value: { operation } });
  expect(delivered).toMatchObject([
    { run, key: `told/${operation}`, event: { type: "outcome_told", operation, by: ada, delivered: null } },
  ]);
  expect(await settleOutcome(services, { ...word, delivered: null })).toMatchObject({
    ok: false,
    error: { code: "outcome_settled" },
  });
  const stranger = AccountId.parse("mallory");
  expect(await settleOutcome(services, { ...word, owner: stranger, delivered: null })).toMatchObject({
    ok: false,
    error: { code: "run_not_found" },
  });
});

test("[R11] what a person says was delivered is held to the agent's schema and to the cap of the plan", async () => {
  const { services, delivered } = studio();
  const told = (output: Record<string, never>, price: bigint) =>
    settleOutcome(services, { ...word, delivered: { output, price } });
  expect(await told({ text: 5 as never }, 1n)).toMatchObject({ ok: false, error: { code: "delivery_invalid" } });
  const good = { text: "done" as never };
  expect(await told(good, cap.amount + 1n)).toEqual({ ok: false, error: { code: "price_above_cap", cap } });
  expect(await told(good, -1n)).toMatchObject({ ok: false, error: { code: "price_above_cap" } });
  expect(delivered).toEqual([]);
  expect(await told(good, cap.amount)).toMatchObject({ ok: true });
  expect(delivered[0]?.event).toMatchObject({
    delivered: { output: digestOf(good), price: money(cap.currency, cap.amount) },
  });
});

test("[R40] what a person says that a call was worth is held to its price in the plan, where that is below its cap", async () => {
  const credits = (amount: bigint) => money("microcredits", amount);
  const metered = { unit: "page", price: credits(2n), maxPerCall: 9 };
  for (const priced of [{ metered, price: credits(18n) }, { price: credits(18n) }]) {
    const call = callStep("a", [], { effect: "once", cap: credits(30n), ...priced });
    const { services, delivered } = studio([], { ...drawnPlan, steps: [call] });
    const told = (price: bigint) =>
      settleOutcome(services, { ...word, delivered: { output: { text: "done" as never }, price } });
    expect(await told(19n)).toEqual({ ok: false, error: { code: "price_above_cap", cap: credits(18n) } });
    expect(delivered).toEqual([]);
    expect(await told(18n)).toMatchObject({ ok: true });
  }
});

test("[R4] a call whose outcome is known, or that is none, cannot be settled", async () => {
  const answered: RunEvent = { type: "effect_refused", operation, code: "agent_refused", reason: "no", atMs: 4 };
  const settled = { ok: false, error: { code: "outcome_settled" } };
  expect(await settleOutcome(studio([answered]).services, { ...word, delivered: null })).toMatchObject(settled);
  const other = OperationId.parse("r/b/call");
  expect(await settleOutcome(studio().services, { ...word, operation: other, delivered: null })).toMatchObject(settled);
});
