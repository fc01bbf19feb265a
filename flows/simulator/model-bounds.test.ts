import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { money } from "../basics/money";
import { err } from "../basics/result";
import { fromStored, toStored } from "../plan/stored";
import type { ModelReply } from "../ports/models";
import type { Behaviour } from "./agents";
import { compiled, expectProved, manifests, researchFlow, thinking } from "./model-flow.contract";
import type { Thought } from "./models";

const MOST = 60_000n;
/** Each of them is a whole run, with all of its receipts. */
const RUNS = (fc.readConfigureGlobal().numRuns ?? 400) / 8;
const call = fc.record({
  id: fc.constantFrom("a", "b", ""),
  tool: fc.constantFrom("search", "reader", "search", "reader", "drain", "toString", ""),
  input: fc.oneof(
    { weight: 4, arbitrary: fc.constant({ query: "tides" } as Json) },
    { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<Json> },
    { weight: 1, arbitrary: fc.constant({ query: "x", payee: "mallory" } as Json) },
  ),
});
const tokens = fc.option(fc.record({ input: fc.nat(2 ** 40), output: fc.nat(2 ** 40) }));
const reply: fc.Arbitrary<ModelReply> = fc.record({
  text: fc.oneof(fc.string(), fc.constant('{"answer":"yes"}')),
  calls: fc.array(call, { maxLength: 8 }),
  cut: fc.boolean(),
  tokens,
});
const failure = fc.constantFrom("model_refused", "model_unreachable", "outcome_unknown", "model_unavailable");
const thought = fc.oneof({ weight: 8, arbitrary: reply }, { weight: 1, arbitrary: failure });
const fate = fc.constantFrom("pays", "pays", "asks too much", "refuses", "answers wrong", "is lost");
const settings = fc.record({
  cap: fc.bigInt(9_000n, 9_000_000n).map((amount) => ({ currency: "microcredits", amount: String(amount) })),
  maxCalls: fc.integer({ min: 1, max: 6 }),
  maxTurns: fc.integer({ min: 2, max: 6 }),
  window: fc.integer({ min: 500, max: 4_000 }),
});

/** Agents that do what comes next, whoever is called. */
function fated(fates: readonly string[]): Map<never, Behaviour> {
  let place = 0;
  const answer: Behaviour = () => {
    const next = fates[place++ % fates.length];
    if (next === "refuses") return err({ code: "agent_refused", reason: "no" });
    if (next === "is lost") return err({ code: "outcome_unknown", reason: "gone" });
    const price = money("microcredits", next === "asks too much" ? 90_000_000n : 1_000_000n);
    return { output: next === "answers wrong" ? { found: 7 } : { found: "it" }, price, detail: {} };
  };
  return new Map([...manifests.keys()].map((agent) => [agent as never, answer]));
}

function speaking(thoughts: readonly (ModelReply | string)[]): Thought {
  let place = 0;
  return () => {
    const next = thoughts[place++ % thoughts.length] ?? "model_refused";
    return typeof next === "string" ? err({ code: next as "model_refused", reason: next }) : next;
  };
}

test("[M1] [M6] whatever a model says and its agents do, a run ends within its bound, its calls and its turns, as its receipts prove", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        thoughts: fc.array(thought, { minLength: 1, maxLength: 8 }),
        fates: fc.array(fate, { minLength: 1, maxLength: 6 }),
        limits: settings,
        stopped: fc.boolean(),
      }),
      async ({ thoughts, fates, limits, stopped }) => {
        const tools = [...manifests.values()].filter(
          ({ price }) => price.kind === "per_call" && price.price.amount <= BigInt(limits.cap.amount),
        );
        const offered = { tools: tools.map(({ agent }) => agent), ...limits };
        const made = compiled(researchFlow(tools.length > 0 ? offered : { ...offered, maxCalls: 0 }, { stopped }));
        expect(made.plan.bound[0]?.amount).toBeLessThanOrEqual(BigInt(limits.cap.amount));
        const run = await thinking(made, speaking(thoughts), { agents: fated(fates) });
        expect(run.ending).not.toBeNull();
        expect(run.state?.spent.amount).toBeLessThanOrEqual(made.plan.bound[0]?.amount ?? 0n);
        const turns = new Set(run.world.asked().map(({ operation }) => operation));
        expect(turns.size).toBeLessThanOrEqual(limits.maxTurns);
        const calls = run.receipts.filter(({ agent }) => agent !== null);
        expect(calls.length).toBeLessThanOrEqual(limits.maxCalls);
        for (const { messages } of run.world.asked())
          expect(JSON.stringify(messages).length).toBeLessThan(Number(MOST));
        expectProved(made, run);
        const end = run.ending?.result === "failed" ? run.ending.code : (run.ending?.result ?? "none");
        seen.set(end, (seen.get(end) ?? 0) + 1);
      },
    ),
    { numRuns: RUNS },
  );
  // The property says something only if runs do end in more than one way.
  expect(seen.size).toBeGreaterThan(2);
});

test("[C4] a plan with a model is read back as it was written, its rates among it", () => {
  const { plan } = compiled(researchFlow());
  expect(fromStored(toStored(plan))).toEqual(plan);
});
