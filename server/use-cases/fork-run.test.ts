import { expect, test } from "vitest";
import { AccountId, AgentId, OperationId, RunId, StepId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { digestOf } from "@/flows/plan/digest";
import type { RunEvent, Terms } from "@/flows/run/events";
import { virtualClock } from "@/flows/simulator/clock";
import { memoryValues } from "@/flows/simulator/values";
import type { Delivery } from "../repos/inbox-repo";
import type { QueuedRun, RunInList } from "../repos/runs-repo";
import { debugOf } from "./debug-of";
import { type ForkRun, forkRun } from "./fork-run";
import { steerRun } from "./steer-run";

const ada = AccountId.parse("ada");
const of = RunId.parse("r");
const again = RunId.parse("again");
const credits = (amount: bigint) => money("microcredits", amount);
const plan = planOf([callStep("a"), callStep("b", [{ step: 0, port: "done" }])]);
const hash = digestOf(plan);
const [bound = credits(0n)] = plan.bound;
const on = (operation: string) => ({ operation: OperationId.parse(`r/${operation}`), atMs: 1 });
const terms: Terms = { run: of, plan: hash, payer: ada, budget: bound, input: digestOf("in"), policy: null };
const delivered = (step: string): RunEvent => ({
  ...{ type: "call_delivered", output: digestOf(step), price: credits(30n), detail: {} },
  ...on(`${step}/call`),
});
const journal: readonly RunEvent[] = [
  { type: "run_started", atMs: 0, ...terms },
  { type: "funds_reserved", ...on("reserve") },
  delivered("a"),
  { type: "funds_captured", ...on("a/capture") },
  delivered("b"),
];

const unused = async () => {
  throw new Error("not used here");
};

/** A studio in which Ada has one run, of two calls: the first is paid for, the second has been handed over. */
function studio({ purse = 1_000n, events = journal, over = false } = {}) {
  const queued: QueuedRun[] = [];
  const letters: Delivery[] = [];
  const found = { id: of, plan: hash, budget: bound, flowName: "Flow", flowVersion: 2 } as RunInList;
  const services = {
    clock: virtualClock(7),
    inbox: {
      post: async (letter: Delivery) => {
        letters.push(letter);
        return "posted" as const;
      },
    },
    policies: { inForce: async () => null, put: unused, sums: unused },
    registry: { active: async () => new Map(), models: new Map() },
    runs: {
      queue: async (run: QueuedRun) => queued.push(run) > 0,
      find: async (owner: AccountId, id: RunId) =>
        owner === ada && id === of ? { ...found, finishedAt: over ? new Date(9) : null } : null,
      plan: async () => plan,
      events: async () => events.map((event, place) => ({ seq: place + 1, event })),
      ...{
        list: unused,
        spentBy: unused,
        underWay: async () => ({ working: 0, waiting: 0 }),
        retry: unused,
        receipts: unused,
      },
    },
    values: memoryValues(),
    wallet: {
      open: unused,
      grant: unused,
      postings: unused,
      balances: async () => [{ free: credits(purse), held: credits(0n) }],
    },
  };
  return { services, queued, letters };
}

const fork = (from: ForkRun["from"]): ForkRun => ({ owner: ada, of, run: again, from, stops: [] });

test("a fork takes for done what had settled by then, work handed over among it, under terms of its own", async () => {
  const { services, queued } = studio();
  expect(await forkRun(services, fork({ after: 5 }))).toEqual({ ok: true, value: again });
  expect(queued).toHaveLength(1);
  const { debug, ...own } = queued[0]?.terms ?? {};
  expect(own).toEqual({ ...terms, run: again });
  expect(debug).toMatchObject({ from: { run: of, seq: 5 }, stops: [] });
  expect(debug?.pins).toEqual({
    a: { port: "done", output: digestOf("a"), gives: null },
    b: { port: "done", output: digestOf("b"), gives: null },
  });
});

test.each<[string, ForkRun["from"], readonly string[]]>([
  ["from before anything", { after: 0 }, []],
  ["from the middle", { after: 4 }, ["a"]],
  ["from a step: it and what follows are done anew", { step: StepId.parse("b") }, ["a"]],
  ["from the first step", { step: StepId.parse("a") }, []],
])("a fork %s", async (_, from, done) => {
  const { services, queued } = studio();
  await forkRun(services, fork(from));
  expect(Object.keys(queued[0]?.terms.debug?.pins ?? {})).toEqual(done);
});

test("what cannot be forked is said, and nothing is queued", async () => {
  const { services, queued } = studio();
  const refused = async (ask: ForkRun) => {
    const answer = await forkRun(services, ask);
    return answer.ok ? null : answer.error;
  };
  expect(await refused({ ...fork({ after: 0 }), owner: AccountId.parse("eve") })).toEqual({ code: "run_not_found" });
  expect(await refused(fork({ after: 6 }))).toEqual({ code: "position_unknown", last: 5 });
  expect(await refused(fork({ step: StepId.parse("z") }))).toEqual({ code: "step_not_found", step: "z" });
  const poor = studio({ purse: 59n });
  expect(await forkRun(poor.services, fork({ after: 5 }))).toMatchObject({ error: { code: "funds_insufficient" } });
  expect([...queued, ...poor.queued]).toEqual([]);
});

test("a fork is refused where nobody knows what became of a call that is made only once", async () => {
  const once = planOf([callStep("a", [], { effect: "once" })]);
  const { services, queued } = studio({ events: journal.slice(0, 2) });
  services.runs.plan = async () => once;
  const answer = await forkRun(services, fork({ after: 2 }));
  expect(answer).toEqual({ ok: false, error: { code: "outcome_unsettled", steps: ["a"] } });
  expect(queued).toEqual([]);
});

test("what is pinned or mocked fits the schema of the agent that it stands for", async () => {
  const { services } = studio();
  const strict = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };
  const schemas = Object.fromEntries(Object.keys(plan.schemas).map((digest) => [digest, strict])) as never;
  const about = { owner: ada, plan: { ...plan, schemas }, hash };
  const agent = AgentId.parse("acme/reader@1.0.0");
  const step = StepId.parse("a");
  const good = { text: "made up" };
  expect(await debugOf(services, about, { pins: [{ step, path: [], output: {} }] })).toMatchObject({
    error: { code: "pin_invalid", step },
  });
  expect(await debugOf(services, about, { pins: [{ step, path: [0], output: good }] })).toMatchObject({
    error: { code: "step_not_found" },
  });
  expect(await debugOf(services, about, { mocks: [{ agent, by: "fixed", output: {} }] })).toMatchObject({
    error: { code: "mock_invalid", agent },
  });
  const output = digestOf(good);
  expect(await debugOf(services, about, { pins: [{ step, path: [], output: good }] })).toMatchObject({
    value: { pins: { a: { port: "done", output } } },
  });
  expect(await debugOf(services, about, { mocks: [{ agent, by: "fixed", output: good }] })).toMatchObject({
    value: { mocks: { [agent]: { by: "fixed", output } } },
  });
  expect(await services.values.get(output)).toEqual(good);
});

test("a recorded agent delivers what it did in a run of this very plan, and of no other", async () => {
  const { services } = studio();
  const agent = AgentId.parse("acme/reader@1.0.0");
  const mocks = [{ agent, by: "recorded", run: of } as const];
  const made = await debugOf(services, { owner: ada, plan, hash }, { mocks });
  expect(made.ok && [Object.keys(made.value.pins), made.value.mocks]).toEqual([
    ["a", "b"],
    { [agent]: { by: "recorded" } },
  ]);
  const other = await debugOf(services, { owner: ada, plan, hash: digestOf("other") }, { mocks });
  expect(other).toEqual({ ok: false, error: { code: "recording_not_found", run: of } });
});

test("whoever owns a run that is not over tells it to pause, under a key that makes twice the same as once", async () => {
  const { services, letters } = studio();
  const ask = { owner: ada, run: of, request: "1", said: { type: "pause_asked" } as const };
  expect(await steerRun(services, ask)).toEqual({ ok: true, value: { run: of } });
  expect(letters).toEqual([{ run: of, key: "pause_asked 1", event: { type: "pause_asked", by: ada } }]);
  expect(await steerRun(services, { ...ask, owner: AccountId.parse("eve") })).toMatchObject({
    error: { code: "run_not_found" },
  });
  expect(await steerRun(studio({ over: true }).services, ask)).toMatchObject({ error: { code: "run_over" } });
});
