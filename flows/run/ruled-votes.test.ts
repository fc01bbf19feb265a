import { expect, test } from "vitest";
import { EVIDENCE } from "../basics/evidence-kinds";
import { AccountId, Approver, type Capacity, OperationId, RunId } from "../basics/ids";
import { money } from "../basics/money";
import { callStep, planOf } from "../examples/small-plan";
import { type RuleAgreement, SIMPLE } from "../plan/agreement";
import { digestOf } from "../plan/digest";
import type { RunEvent, Terms } from "./events";
import { aboutIn, say, standsIn } from "./saying.contract";
import { fold, transition } from "./transition";

const account = (name: string) => AccountId.parse(name);
const [ada, bob, carol, dan, eve] = ["ada", "bob", "carol", "dan", "eve"].map(account) as [
  ...[AccountId, AccountId, AccountId, AccountId, AccountId],
];
const finance = Approver.parse("@group:acme/finance") as Capacity;

/** A run of ada's whose one payment a rule asks about. */
function ruled(approvers: readonly Approver[], agreement?: RuleAgreement, terms: Partial<Terms> = {}) {
  const plan = planOf([callStep("work")]);
  const [amount] = plan.bound;
  if (!amount) throw new Error("the plan costs nothing");
  const started = { run: RunId.parse("r"), plan: digestOf(plan), payer: ada, budget: amount };
  const begun: RunEvent[] = [
    { type: "run_started", ...started, input: digestOf("in"), policy: digestOf("rules"), atMs: 0, ...terms },
    { type: "funds_reserved", operation: OperationId.parse("r/reserve"), atMs: 0 },
  ];
  const before = transition(plan, fold(plan, begun.slice(0, 1)), begun[1] as RunEvent);
  const judge = before.commands.find((command) => command.do === "judge");
  if (!judge) throw new Error("nothing is judged");
  const judgement = {
    verdict: "ask",
    rule: "consent",
    message: "Pay?",
    approvers,
    ...(agreement === undefined ? {} : { agreement }),
  };
  const event = { type: "judged", operation: judge.with.operation, judgement, atMs: 1 } as RunEvent;
  return { plan, put: transition(plan, before.state, event), bound: amount };
}

test("[R50] a rule that asks a group does not ask whoever started the run in it, and one that names them does", () => {
  const asks = (approvers: readonly Approver[]) => {
    const { plan, put } = ruled(approvers);
    const about = aboutIn(put);
    const said = transition(plan, put.state, say(about, ada, approvers.includes(finance) ? { as: finance } : {}));
    return standsIn(said.state);
  };
  expect(asks([finance])).toMatchObject({ in: "asking" });
  expect(asks([Approver.parse("@starter")])).not.toMatchObject({ in: "asking" });
  expect(asks([ada])).not.toMatchObject({ in: "asking" });
});

const two = { least: 2, against: 1, weights: {} };

test("[R50] a rule says how many must agree, and whoever started the run still counts only where it names them", () => {
  const { plan, put } = ruled([bob, carol, dan], two);
  const about = aboutIn(put);
  expect(about.agreement).toEqual({ approvers: [bob, carol, dan], least: 2, against: 1 });
  const one = transition(plan, put.state, say(about, bob));
  expect(standsIn(one.state)).toMatchObject({ in: "asking", votes: [{ by: "bob" }] });
  for (const nobody of [say(about, bob), say(about, ada), say(about, eve)])
    expect(transition(plan, one.state, nobody).state).toBe(one.state);
  expect(transition(plan, one.state, say(about, dan)).commands.map((command) => command.do)).toContain("call");
  const group = ruled([finance, carol], two);
  const [asked, said] = [aboutIn(group.put), transition(group.plan, group.put.state, say(aboutIn(group.put), carol))];
  expect(transition(group.plan, said.state, say(asked, ada, { as: finance })).state).toBe(said.state);
});

test("[R50] what an approver of a rule counts is part of what is agreed to", () => {
  const { plan, put } = ruled([bob, carol], { ...two, weights: { bob: 2 } });
  const about = aboutIn(put);
  expect(about.agreement.weights).toEqual({ bob: 2 });
  expect(digestOf(about)).not.toBe(digestOf(aboutIn(ruled([bob, carol], two).put)));
  expect(transition(plan, put.state, say(about, bob)).commands.map((command) => command.do)).toContain("call");
});

test("[R54] a rule says what a yes takes: it is part of what is agreed to, and less does not count", () => {
  const needs = { ...two, least: 1, evidence: { kinds: ["passkey" as const] } };
  const { plan, put, bound } = ruled([bob], needs);
  const about = aboutIn(put);
  expect(about.agreement.evidence).toEqual(["passkey"]);
  for (const kind of EVIDENCE.filter((each) => each !== "passkey"))
    expect(transition(plan, put.state, say(about, bob, { evidence: { kind } })).state).toBe(put.state);
  const yes = transition(plan, put.state, say(about, bob, { evidence: { kind: "passkey" } }));
  expect(yes.commands.map((command) => command.do)).toContain("call");
  const no = transition(plan, put.state, say(about, bob, { answer: "denied" }));
  expect(no.receipts).toMatchObject([{ code: "approval_denied" }]);
  // Both what the rule asks for and what the studio does.
  const freshAbove = money(bound.currency, bound.amount - 1n);
  const takes = (kinds: ("passkey" | "session")[]) =>
    aboutIn(ruled([bob], { ...needs, evidence: { kinds } }, { freshAbove }).put).agreement.evidence;
  expect(takes(["passkey", "session"])).toEqual(["passkey"]);
});

test("[R16] what a rule asks for and this studio cannot read is not paid, and asks nobody for less", () => {
  const unreadable: unknown[] = [
    { least: 2 },
    { ...two, evidence: { kinds: ["iris"] } },
    { ...two, evidence: { kinds: [] } },
    { ...two, least: 0 },
    { ...two, mostly: true },
    null,
    2,
  ];
  for (const agreement of unreadable) {
    const { put } = ruled([bob], agreement as RuleAgreement);
    expect(put.receipts).toMatchObject([{ code: "policy_denied" }]);
  }
});

test("[R50] a run whose rule said no more than whom it asks goes on as it was", () => {
  const { put } = ruled([bob]);
  expect(standsIn(put.state)).toMatchObject({ consent: { agreement: { ...SIMPLE, starter: "barred" } } });
  expect(aboutIn(put).agreement).toEqual({ approvers: [bob], least: 1, against: 1 });
});
