import { expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { Money } from "@/flows/basics/money";
import { err, ok } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import type { AgentsError, AgentsPort } from "@/flows/ports/agents";
import { withBreaker } from "./breaker";

const price = Money.parse({ currency: "microcredits", amount: "1" });
const delivery = { output: {}, price, detail: {} };
const lost: AgentsError = { code: "outcome_unknown", reason: "no answer in time" };
const away: AgentsError = { code: "agent_unreachable", reason: "ECONNREFUSED" };
const busy: AgentsError = { code: "agent_unreachable", reason: "agent_busy", answered: true };
const refusal: AgentsError = { code: "agent_refused", reason: "csv_empty" };

function studio() {
  let nowMs = 0;
  let reached = 0;
  let next: AgentsError | null = null;
  const behind: AgentsPort = {
    async call() {
      reached += 1;
      return next ? err(next) : ok(delivery);
    },
  };
  const port = withBreaker(behind, { clock: { now: () => nowMs } });
  let calls = 0;
  return {
    pass: (ms: number) => {
      nowMs += ms;
    },
    reached: () => reached,
    async call(
      outcome: AgentsError | null,
      { agent = "acme/echo@1.0.0", ...more }: { agent?: string; once?: true } = {},
    ) {
      next = outcome;
      calls += 1;
      const operation = OperationId.parse(`r/${calls}/call`);
      const manifest = digestOf({ agent });
      const answer = await port.call({
        operation,
        agent: AgentId.parse(agent),
        manifest,
        payee: AccountId.parse("acme"),
        input: {},
        deadlineMs: 1_000,
        ...more,
      });
      return answer.ok ? "delivered" : answer.error.code;
    },
  };
}

async function opened() {
  const rig = studio();
  for (let call = 0; call < 5; call++) await rig.call(call % 2 ? lost : away);
  expect(rig.reached()).toBe(5);
  return rig;
}

test("an agent that failed five of its last ten calls is not called, and the call counts as not sent", async () => {
  const rig = await opened();
  expect(await rig.call(null)).toBe("agent_unreachable");
  expect(rig.reached()).toBe(5);
});

test("four failures of ten, and five of more than ten, open nothing", async () => {
  const rig = studio();
  for (let call = 0; call < 100; call++) {
    await rig.call(call % 3 === 0 ? lost : null);
    expect(rig.reached()).toBe(call + 1);
  }
});

test("an agent that answers is well, also when it refuses or is busy", async () => {
  const rig = studio();
  for (let call = 0; call < 30; call++) await rig.call(call % 2 ? refusal : busy);
  expect(rig.reached()).toBe(30);
});

test("a call that is made only once is not kept back", async () => {
  const rig = await opened();
  expect(await rig.call(null, { once: true })).toBe("delivered");
});

test("after half a minute one call tries it out: a failure opens it again, a delivery closes it", async () => {
  const rig = await opened();
  rig.pass(29_999);
  await rig.call(null);
  expect(rig.reached()).toBe(5);
  rig.pass(1);
  expect(await rig.call(lost)).toBe("outcome_unknown");
  expect(await rig.call(null)).toBe("agent_unreachable");
  expect(rig.reached()).toBe(6);
  rig.pass(30_000);
  expect(await rig.call(null)).toBe("delivered");
  expect(await rig.call(lost)).toBe("outcome_unknown");
  expect(await rig.call(null)).toBe("delivered");
});

test("while one call tries it out, no other is made", async () => {
  let nowMs = 0;
  let reached = 0;
  let answer: (value: ReturnType<typeof ok<typeof delivery>>) => void = () => undefined;
  const behind: AgentsPort = {
    call() {
      reached += 1;
      return reached > 5 ? new Promise((resolve) => (answer = resolve as typeof answer)) : Promise.resolve(err(lost));
    },
  };
  const port = withBreaker(behind, { clock: { now: () => nowMs } });
  const agent = AgentId.parse("acme/echo@1.0.0");
  const ask = {
    operation: OperationId.parse("r/a/call"),
    agent,
    manifest: digestOf({}),
    payee: AccountId.parse("acme"),
    input: {},
    deadlineMs: 1_000,
  };
  for (let call = 0; call < 5; call++) await port.call(ask);
  nowMs = 30_000;
  const trying = port.call(ask);
  expect(await port.call(ask)).toMatchObject({ error: { code: "agent_unreachable" } });
  answer(ok(delivery));
  expect(await trying).toMatchObject({ ok: true });
});

test("one agent's failures keep no other from being called", async () => {
  const rig = await opened();
  expect(await rig.call(null, { agent: "acme/other@1.0.0" })).toBe("delivered");
});
