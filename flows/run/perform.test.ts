import { expect, test } from "vitest";
import { AccountId, OperationId } from "../basics/ids";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import { ok } from "../basics/result";
import { callStep, planOf } from "../examples/small-plan";
import { digestOf } from "../plan/digest";
import type { Call } from "../plan/instructions";
import { simulateWorld } from "../simulator/world";
import type { ObjectSchema } from "../types/agent-manifest";
import { owedBy } from "./owed";
import { perform } from "./perform";

const numbers: ObjectSchema = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
const operation = OperationId.parse("r/a/call");

/** What comes of one call of an agent that takes and gives `{ n: number }`. */
async function called(input: Json, output: Json) {
  const digest = digestOf(numbers);
  const small = planOf([callStep("a", [], { input: digest, output: digest })]);
  const plan = { ...small, schemas: { [digest]: numbers } };
  const agent = () => ({ output, price: money("microcredits", 30n), detail: { mode: "plain" } });
  const agents = new Map(plan.authority.agents.map((id) => [id, agent]));
  const world = simulateWorld(plan, {
    payer: AccountId.parse("ada"),
    purse: money("microcredits", 30n),
    agents,
    person: () => null,
  });
  const put = await world.ports.values.put({ n: input });
  const takes = { n: { from: "stored", digest: put, field: "n" } } as const;
  const answer = await perform(plan, { do: "call", operation, step: 0, takes }, world.ports);
  return { answer, performed: world.performed() };
}

test("[R11] what fits both schemas is delivered", async () => {
  const { answer } = await called(1, { n: 2 });
  expect(answer).toMatchObject({
    type: "call_delivered",
    price: money("microcredits", 30n),
    detail: { mode: "plain" },
  });
});

test("[R11] an input that does not fit never reaches the agent", async () => {
  const { answer, performed } = await called("one", { n: 2 });
  expect(answer).toMatchObject({
    type: "effect_refused",
    code: "input_invalid",
    reason: expect.stringContaining("/n"),
  });
  expect(performed).toEqual([]);
});

test("[R11] an output that does not fit is refused, so it is not paid", async () => {
  for (const output of [{ n: "two" }, {}, "two", null, [1]])
    expect((await called(1, output)).answer).toMatchObject({ type: "effect_refused", code: "output_invalid" });
});

test.each([undefined, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])(
  "[R40] a metered agent that says %s units is paid nothing, and told what is wrong",
  (units) => {
    const { instruction } = callStep("a", [], {
      metered: { unit: "page", price: money("microcredits", 2n), maxPerCall: 9 },
    });
    if (instruction.op !== "call") throw new Error("no call");
    const owed = owedBy(instruction, { price: money("microcredits", 5n), units });
    expect(owed).toMatchObject({ error: { code: "units_invalid", reason: expect.stringContaining("how many units") } });
  },
);

test("[R40] what a call costs is the plan's price for the units, the agent's price for a call, at most its price in the plan, or nothing", () => {
  const owed = (more: Partial<Call>, said: Parameters<typeof owedBy>[1]) => {
    const { instruction } = callStep("a", [], more);
    return instruction.op === "call" ? owedBy(instruction, said) : null;
  };
  const metered = { unit: "page", price: money("microcredits", 2n), maxPerCall: 9 };
  const asked = money("microcredits", 5n);
  expect(owed({ metered }, { price: asked, units: 4 })).toEqual(ok({ price: money("microcredits", 8n), units: 4 }));
  expect(owed({ metered }, { price: null, units: 10 })).toEqual(ok({ price: money("microcredits", 18n), units: 10 }));
  expect(owed({}, { price: asked, units: 4 })).toEqual(ok({ price: asked }));
  expect(owed({}, { price: null })).toMatchObject({ error: { code: "agent_refused" } });
  const trial = money("trial_microcredits", 70n);
  expect(owed({ cap: money("microcredits", 90n) }, { price: money("microcredits", 70n) })).toEqual(
    ok({ price: money("microcredits", 30n) }),
  );
  expect(owed({ cap: money("microcredits", 90n) }, { price: trial })).toEqual(ok({ price: { ...trial, amount: 30n } }));
  expect(owed({}, { price: money("usdc_base", 5n) })).toMatchObject({ error: { code: "price_currency_differs" } });
  const free = money("microcredits", 0n);
  expect(owed({ price: free }, { price: asked })).toEqual(ok({ price: free }));
  expect(owed({ price: free }, { price: null })).toEqual(ok({ price: free }));
});

test("[P7] what an agent says is told under its operation while it works, and is no part of the answer", async () => {
  const plan = planOf([callStep("a")]);
  const seen: unknown[] = [];
  const world = simulateWorld(plan, {
    payer: AccountId.parse("ada"),
    purse: money("microcredits", 30n),
    agents: new Map(
      plan.authority.agents.map((id) => [
        id,
        (_, say) => {
          say({ progress: { done: 0.5 } });
          say({ delta: "working" });
          seen.push([...world.ports.progress.shown()]);
          return { output: {}, price: money("microcredits", 30n), detail: {} };
        },
      ]),
    ),
    person: () => null,
  });
  const answer = await perform(plan, { do: "call", operation, step: 0, takes: {} }, world.ports);
  expect(seen).toEqual([[[operation, { done: 0.5, message: null, text: "working" }]]]);
  expect([...world.ports.progress.shown()]).toEqual([]);
  expect(JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toContain(
    "working",
  );
});

test("[R11] a value that is not kept any more is refused, not guessed", async () => {
  const plan = planOf([callStep("a")]);
  const world = simulateWorld(plan, {
    payer: AccountId.parse("ada"),
    purse: money("microcredits", 30n),
    agents: new Map(),
    person: () => null,
  });
  const takes = { n: { from: "stored", digest: (await world.terms("elsewhere")).plan, field: "n" } } as const;
  const answer = await perform(plan, { do: "call", operation, step: 0, takes }, world.ports);
  expect(answer).toMatchObject({ type: "effect_refused", code: "value_lost" });
});

test("[R3] what provably was not sent is asked for again, and where it may be asked for only once it has failed", async () => {
  for (const [effect, expected] of [
    ["keyed", { type: "outcome_lost" }],
    ["once", { type: "effect_refused", code: "agent_unavailable", reason: "away" }],
  ] as const) {
    const plan = planOf([callStep("a", [], { effect })]);
    const away = () => ({ ok: false, error: { code: "agent_unreachable", reason: "away" } }) as const;
    const world = simulateWorld(plan, {
      payer: AccountId.parse("ada"),
      purse: money("microcredits", 30n),
      agents: new Map(plan.authority.agents.map((id) => [id, away])),
      person: () => null,
    });
    const answer = await perform(plan, { do: "call", operation, step: 0, takes: {} }, world.ports);
    expect(answer).toMatchObject(expected);
  }
});
