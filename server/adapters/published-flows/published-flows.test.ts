import { expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import type { PublishedFlow } from "@/flows/types/protocol";
import { type PublishedFlowsOptions, publishedFlows } from "./published-flows";

const plan = digestOf("plan");
const protocol: PublishedFlow = { kind: "flow", flow: "short", version: 1, plan };
const price = money("microcredits", 5n);
const ask = {
  ...{
    operation: OperationId.parse("r/a/call"),
    agent: AgentId.parse("ada/short@1.0.0"),
    manifest: digestOf("declared"),
  },
  ...{ payee: AccountId.parse("ada"), input: { text: "a" }, deadlineMs: 60_000 },
};

/** A flow whose run stands like this, look by look; the last for ever. */
function standing(...stands: Awaited<ReturnType<PublishedFlowsOptions["advance"]>>[]) {
  let looks = 0;
  const port = publishedFlows({
    placeOf: async (agent) => (agent === ask.agent ? { protocol, price } : null),
    advance: async () =>
      stands[Math.min(looks++, stands.length - 1)] ?? { ok: false, error: { code: "refused", reason: "none" } },
    ...{ lookMs: 1, patienceMs: 3 },
  });
  return { call: (more: object = {}) => port.call({ ...ask, ...more }), looks: () => looks };
}
const atWork = { ok: true, value: { run: "nested1-a", came: "at_work" } } as const;
const done = { ok: true, value: { run: "nested1-a", came: "done", output: { summary: "s" } } } as const;

test("a flow that is done hands over its results, for its price, and names its run", async () => {
  const { call } = standing(atWork, done);
  expect(await call()).toEqual({ ok: true, value: { output: { summary: "s" }, price, detail: { run: "nested1-a" } } });
});

test("a flow that is long at work holds nobody: it says that it is at work, and is asked again", async () => {
  const { call, looks } = standing(atWork);
  expect(await call()).toMatchObject({ error: { code: "agent_at_work" } });
  expect(looks()).toBe(4);
});

test("what a flow refuses is refused, and what is not there as the plan knows it is not run", async () => {
  expect(await standing({ ok: false, error: { code: "refused", reason: "why" } }).call()).toEqual({
    ok: false,
    error: { code: "agent_refused", reason: "why" },
  });
  expect(await standing({ ok: false, error: { code: "operation_reused" } }).call()).toMatchObject({
    error: { code: "operation_reused" },
  });
  const gone = standing(done);
  expect(await gone.call({ agent: AgentId.parse("ada/gone@1.0.0") })).toMatchObject({
    error: { code: "agent_refused" },
  });
  expect(gone.looks()).toBe(0);
});
