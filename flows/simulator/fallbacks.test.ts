import { expect, test } from "vitest";
import { OperationId } from "../basics/ids";
import { money } from "../basics/money";
import { err } from "../basics/result";
import type { AgentCall } from "../ports/agents";
import type { RunEvent } from "../run/events";
import type { Behaviour } from "./agents";
import { drive } from "./driver";
import { memoryJournal } from "./journal";
import { ada, type Node, planOf, ran, works } from "./small-flow.contract";
import { simulateWorld } from "./world";

const out: Node = { id: "out", kind: "output", name: "text" };
const [CHEAP, DEAR, METERED] = ["acme/cheap@1.0.0", "acme/dear@1.0.0", "cora/metered@1.0.0"];
const work = (...fallbacks: string[]): Node => ({ id: "work", kind: "agent", agent: CHEAP, fallbacks });
const flow = (...fallbacks: string[]) => planOf([work(...fallbacks), out], "in.text > work.x", "work.text > out.value");

const refuses = err({ code: "agent_refused", reason: "no" } as const);
const garbage = { ...works, output: "nothing of the sort" };
const late = err({ code: "outcome_unknown", reason: "lost" } as const);
const rests = err({ code: "agent_unreachable", reason: "resting", resting: true } as const);

test("[C20] of a call and those that it falls back on the worst case counts the dearest, for each payee on its own", () => {
  expect(flow().bound).toMatchObject([{ amount: 3n }]);
  expect(flow(METERED).bound).toMatchObject([{ amount: 18n }]);
  const plan = flow(DEAR, METERED);
  expect(plan.bound).toMatchObject([{ amount: 500n }]);
  expect(plan.authority).toMatchObject({
    payees: [
      { payee: "acme", cap: { amount: 500n } },
      { payee: "cora", cap: { amount: 18n } },
    ],
    agents: [CHEAP, DEAR, METERED],
  });
  const twice = planOf(
    [work(METERED), { ...work(DEAR), id: "more" }, out],
    "in.text > work.x",
    "work.text > more.x",
    "more.text > out.value",
  );
  expect(twice.bound).toMatchObject([{ amount: 518n }]);
});

test.each([
  ["refuses", refuses],
  ["breaks its contract", garbage],
  ["is late for good", late],
  ["is not called for a while", rests],
])("[R41] the next agent is called when one %s, and it alone is paid", async (_, answer) => {
  const agent = ({ agent: called }: AgentCall) => (called === METERED ? { ...works, price: null, units: 4 } : answer);
  const { ending, results, spent, receipts, views } = await ran(flow(DEAR, METERED), { agent });
  expect(ending).toMatchObject({ result: "succeeded" });
  expect(results).toEqual({ text: "out" });
  expect(spent).toBe(8n);
  const told = receipts.filter(({ agent: called }) => called !== null);
  expect(told.map(({ agent: called, port, paid }) => [called, port, paid?.amount ?? 0n])).toEqual([
    [CHEAP, "failed", 0n],
    [DEAR, "failed", 0n],
    [METERED, "done", 8n],
  ]);
  expect(views.filter(({ op }) => op === "call").map(({ status }) => status)).toEqual(["failed", "failed", "done"]);
});

test("[R41] an agent that rests is not waited for, where another can be called", async () => {
  const agent = ({ agent: called }: AgentCall) => (called === CHEAP ? rests : works);
  const { events } = await ran(flow(DEAR), { agent });
  expect(events.at(-1)?.atMs).toBe(0);
});

test("[R41] an agent that may be at work on an earlier try is waited for while it rests, and nobody else does its work", async () => {
  const agent = ({ agent: called }: AgentCall, count: number) => {
    if (called !== CHEAP) return { ...works, price: money("microcredits", 500n) };
    return [late, rests, rests][count] ?? works;
  };
  const { calls, spent, receipts } = await ran(flow(DEAR), { agent });
  expect([new Set(calls).size, spent]).toEqual([1, 3n]);
  expect(receipts.some(({ agent: called, port }) => called === CHEAP && port === "done")).toBe(true);
});

test("[R41] whoever takes a run up asks an agent again that may be at work, and not another in its place", async () => {
  const plan = flow(DEAR);
  const journal: RunEvent[] = [];
  const { events } = await ran(plan, { agent: () => works });
  journal.push(
    ...events.slice(
      0,
      events.findIndex(({ type }) => type === "call_delivered"),
    ),
  );
  const count = { asked: 0 };
  const agent: Behaviour = ({ agent: called }) => {
    if (called !== CHEAP) throw new Error("both would do the work");
    return count.asked++ === 0 ? rests : works;
  };
  const agents = new Map(plan.authority.agents.map((id) => [id, agent]));
  const world = simulateWorld(plan, { payer: ada, purse: money("microcredits", 100_000n), agents, person: () => null });
  const terms = await world.terms({ items: ["a", "b", "c"], n: 7, text: "in" });
  await world.ports.credits.reserve({
    operation: OperationId.parse(`${terms.run}/reserve`),
    payer: ada,
    amount: terms.budget,
  });
  const { state } = await drive(plan, terms, { ports: world.ports, journal: memoryJournal(journal) });
  expect(state?.ending).toMatchObject({ result: "succeeded" });
});

test("[R41] where the first delivers nobody else is called, and where all fail the last says why", async () => {
  const all = await ran(flow(DEAR, METERED));
  expect([all.spent, all.calls.length]).toEqual([3n, 1]);
  const none = await ran(flow(DEAR, METERED), { agent: () => refuses });
  expect(none.ending).toMatchObject({ result: "failed", step: "work.fallback-2", code: "agent_refused" });
  expect([none.spent, none.calls.length]).toEqual([0n, 3]);
});

const ONCE = "bolt/once@1.0.0";
const away = err({ code: "agent_unreachable", reason: "away" } as const);

test.each([
  ["was refused", refuses, "agent_refused"],
  ["broke its contract", garbage, "output_invalid"],
])(
  "[R3] [R19] what may happen only once and %s is not asked for again, nor of anybody else",
  async (_, answer, code) => {
    const once = { ...work(DEAR), agent: ONCE, retries: 2 };
    const plan = planOf([once, out], "in.text > work.x", "work.text > out.value");
    const { calls, ending, spent } = await ran(plan, { agent: () => answer });
    expect([calls.length, spent]).toEqual([1, 0n]);
    expect(ending).toMatchObject({ result: "failed", step: "work", code });
    const unsent = await ran(plan, { agent: ({ agent: called }) => (called === ONCE ? away : works) });
    expect([unsent.calls.length, unsent.spent]).toEqual([4, 3n]);
    expect(unsent.ending).toMatchObject({ result: "succeeded" });
  },
);

test("[R41] a denial calls nobody else", async () => {
  const policy = () => ({ verdict: "deny", rule: "no", message: "No." }) as const;
  const { ending, calls } = await ran(flow(DEAR), { policy });
  expect(ending).toMatchObject({ result: "failed", code: "policy_denied" });
  expect(calls).toEqual([]);
});

test("[R41] each attempt of an agent comes before the next agent", async () => {
  const plan = planOf([{ ...work(DEAR), retries: 2 }, out], "in.text > work.x", "work.text > out.value");
  const { calls, spent } = await ran(plan, { agent: ({ agent: called }) => (called === CHEAP ? refuses : works) });
  expect([calls.length, spent]).toEqual([4, 3n]);
});
