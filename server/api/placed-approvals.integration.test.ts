import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type AgentId, AgentId as AgentIdShape, type RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { money } from "@/flows/basics/money";
import { compile } from "@/flows/compile/compile";
import { meaningDigest } from "@/flows/compile/inline";
import { agent, FORM, flow, type Node, planned, registry, start } from "@/flows/compile/small-drawing.contract";
import type { Plan } from "@/flows/plan/plan";
import { Policy } from "@/flows/policy/rules";
import type { Ports } from "@/flows/ports/ports";
import type { Behaviour } from "@/flows/simulator/agents";
import { systemClock } from "@/server/adapters/clock/system";
import { keepPolicy } from "@/server/adapters/policy/kept";
import { postgresPolicies } from "@/server/adapters/policy/postgres";
import { ann, askedPeople, bob } from "./asked-people.contract";

const { as, shown, say, receiptOf, verified, studio } = askedPeople();

const ask = (more: Record<string, Json> = {}): Node => ({
  ...{ id: "ask", kind: "approval", question: "Go on?", approvers: ["@group:acme/finance"], ...more },
});
const makes: Behaviour = () => ({
  output: { text: "made", list: [], n: 1 },
  price: money("microcredits", 3n),
  detail: {},
});

function inSubflow(): Plan {
  const nodes = [start, ask(), agent("work"), { id: "out", kind: "output", name: "text" }];
  const drawn = flow(nodes, ["in.text > ask.subject", "ask.approved > work.x", "work.text > out.value"]);
  const pinned = { nodes: drawn.nodes, wires: drawn.wires };
  const as = meaningDigest(pinned);
  const sub: Node = {
    id: "sub",
    kind: "subflow",
    flow: as,
    input: FORM as Json,
    outputs: { text: { type: "string" } },
  };
  const whole = flow([start, sub, agent("after")], ["in.text > sub.text", "sub.text > after.x"], { [as]: pinned });
  const compiled = compile(whole, registry);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value.plan;
}

const again: Node = { id: "again", kind: "loop", while: "true", most: 2 };
const around = [
  "in.text > again.value",
  "again.value > ask.subject",
  "ask.approved > work.x",
  "work.text > again.next",
];
const PLACES: Record<string, { plan: () => Plan; asked: number; before: number; calls: number }> = {
  first: {
    plan: () => planned([ask(), agent("work")], "in.text > ask.subject", "ask.approved > work.x"),
    ...{ asked: 1, before: 0, calls: 1 },
  },
  last: {
    plan: () => planned([agent("work"), ask()], "in.text > work.x", "work.text > ask.subject"),
    ...{ asked: 1, before: 1, calls: 1 },
  },
  "in a loop": {
    plan: () => planned([again, ask({ parent: "again" }), agent("work", "again")], ...around),
    ...{ asked: 2, before: 0, calls: 2 },
  },
  "in a sub-flow": { plan: inSubflow, asked: 1, before: 0, calls: 2 },
};

async function begun(plan: Plan, more: { ports?: Partial<Ports>; given?: Json; policy?: string } = {}) {
  const agents = new Map<AgentId, Behaviour>([[AgentIdShape.parse("acme/cheap@1.0.0"), makes]]);
  const { ports, performed } = studio().portsWith(agents);
  await studio().drive({ ...ports, ...more.ports });
  const { given = { text: "hello" }, policy = null } = more;
  return { run: await studio().start(plan, randomUUID(), { given, policy: policy as never }), performed };
}

/** Answers what the run asks, one after the other, until it asks no more. Gives the questions, each once. */
async function answerAll(run: RunId, most: number): Promise<string[]> {
  const asked: string[] = [];
  while (asked.length < most) {
    await expect.poll(async () => (await shown(ann, run)).operation, { timeout: 20_000 }).not.toBe(asked.at(-1));
    const { operation } = await shown(ann, run);
    asked.push(operation);
    await say(ann, run);
  }
  return asked;
}

test.each(Object.entries(PLACES))(
  "11. Approval as first node, last node, in a loop, in a sub-flow: %s.",
  async (_, { plan, asked, before, calls }) => {
    const yes = await begun(plan());
    await shown(ann, yes.run);
    expect(yes.performed()).toHaveLength(before);
    expect(new Set(await answerAll(yes.run, asked)).size).toBe(asked);
    expect(await studio().finished(yes.run)).toMatchObject({ status: "succeeded", spent: String(3 * calls) });
    expect(yes.performed()).toHaveLength(calls);
    await verified(yes.run);

    await studio().stop();
    const no = await begun(plan());
    await say(ann, no.run, "denied");
    expect(await studio().finished(no.run)).toMatchObject({ status: "failed", spent: String(3 * before) });
    expect(no.performed()).toHaveLength(before);
    await verified(no.run);
  },
  60_000,
);

test("9. The approver edits a value above max_amount: preflight runs again and refuses.", async () => {
  const { pool } = studio();
  const most = { currency: "microcredits", amount: 20n };
  const rule = { id: "small", rule: "max_amount", most, per: "step" };
  const policy = await keepPolicy(pool, Policy.parse({ version: 1, rules: [rule] }));
  const edits = [{ type: "number", at: "", title: "Amount", least: 0, most: 100 }];
  const pay: Node = { id: "pay", kind: "pay", payee: "acme", cap: { currency: "microcredits", amount: "100" } };
  const plan = planned(
    [ask({ edits, needs: 2 }), { ...pay, amount: "n", inputs: ["n"] }],
    "in.n > ask.subject",
    "ask.approved > pay.n",
  );
  const given = { n: 10 };
  const ports = { policy: postgresPolicies({ pool, clock: systemClock() }) };
  const changed = async (value: number) => {
    await studio().stop();
    const { run } = await begun(plan, { ports, given, policy });
    const { operation, subject } = await shown(ann, run);
    await as(ann).approvals.answer({ operation, subject, answer: "approved", edits: [{ place: 0, value }] });
    await expect.poll(async () => (await shown(bob, run)).operation, { timeout: 20_000 }).not.toBe(operation);
    await say(bob, run);
    return { run, row: await studio().finished(run) };
  };
  const within = await changed(20);
  expect(within.row).toMatchObject({ status: "succeeded", spent: "20" });
  const above = await changed(21);
  expect(above.row).toMatchObject({ status: "failed", spent: "0" });
  expect(await receiptOf(above.run, "ask")).toMatchObject({ port: "approved", votes: [{ by: "ann" }, { by: "bob" }] });
  expect(await receiptOf(above.run, "pay")).toMatchObject({ code: "policy_denied" });
  for (const { run } of [within, above]) await verified(run);
}, 60_000);
