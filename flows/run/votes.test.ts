import fc from "fast-check";
import { expect, test } from "vitest";
import { EVIDENCE } from "../basics/evidence-kinds";
import { AccountId, Approver, type Capacity, OperationId, RunId } from "../basics/ids";
import { money } from "../basics/money";
import { askStep, callStep, planOf } from "../examples/small-plan";
import { type Agreement, type Editable, SIMPLE } from "../plan/agreement";
import { digestOf } from "../plan/digest";
import type { Ask } from "../plan/instructions";
import type { RunEvent, Terms } from "./events";
import { editedQuestion } from "./question-body";
import { aboutIn, say, standsIn } from "./saying.contract";
import { fold, transition } from "./transition";
import { decided, hasVoted, type Vote } from "./votes";

const account = (name: string) => AccountId.parse(name);
const [ada, bob, carol, dan, eve] = ["ada", "bob", "carol", "dan", "eve"].map(account) as [
  ...[AccountId, AccountId, AccountId, AccountId, AccountId],
];
const finance = Approver.parse("@group:acme/finance") as Capacity;
const EDIT: Editable = {
  ...{ field: "subject", at: ["amount"], title: "Amount" },
  ...{ type: "number", least: 0, most: 100, whole: true },
};

/** A run of ada's that asks, and a call behind it. */
function asking(agreement: Partial<Agreement>, more: Partial<Ask> = {}, terms: Partial<Terms> = {}) {
  const ask = askStep("q", [], { agreement: { ...SIMPLE, ...agreement }, ...more });
  const plan = planOf([ask, callStep("work", [{ step: 0, port: "approved" }])]);
  const [amount] = plan.bound;
  if (!amount) throw new Error("the plan costs nothing");
  const begun: RunEvent[] = [
    {
      ...{ type: "run_started", run: RunId.parse("r"), plan: digestOf(plan), payer: ada, budget: amount },
      ...{ input: digestOf("in"), policy: null, atMs: 0, ...terms },
    },
    { type: "funds_reserved", operation: OperationId.parse("r/reserve"), atMs: 0 },
  ];
  const before = fold(plan, begun.slice(0, 1));
  const put = transition(plan, before, begun[1] as RunEvent);
  return { plan, state: put.state, about: aboutIn(put) };
}

test("[R50] two of three decide, each once, and the receipt names both", () => {
  const { plan, state, about } = asking({ least: 2 }, { approvers: [bob, carol, dan] });
  const one = transition(plan, state, say(about, bob, { comment: "Good price." }));
  expect(standsIn(one.state)).toMatchObject({ in: "asking", votes: [{ by: "bob" }] });
  expect(transition(plan, one.state, say(about, bob)).state).toBe(one.state);
  const two = transition(plan, one.state, say(about, dan));
  expect(two.commands.map((command) => command.do)).toContain("call");
  expect(two.receipts).toMatchObject([
    { by: "dan", port: "approved", votes: [{ by: "bob", comment: "Good price." }, { by: "dan" }] },
  ]);
});

test("[R50] one no refuses, unless noes have to come to more", () => {
  const { plan, state, about } = asking({ least: 2 }, { approvers: [bob, carol, dan] });
  const no = transition(plan, state, say(about, bob, { answer: "denied" }));
  expect(no.receipts).toMatchObject([{ code: "approval_denied", by: "bob" }]);
  const softer = asking({ least: 2, against: 2 }, { approvers: [bob, carol, dan] });
  const first = transition(softer.plan, softer.state, say(softer.about, bob, { answer: "denied" }));
  expect(standsIn(first.state)).toMatchObject({ in: "asking" });
  const second = transition(softer.plan, first.state, say(softer.about, carol, { answer: "denied" }));
  expect(second.receipts).toMatchObject([{ code: "approval_denied", by: "carol" }]);
});

test("[R50] an approver counts what the plan says that they count", () => {
  const { plan, state, about } = asking({ least: 3, weights: { bob: 2 } }, { approvers: [bob, carol] });
  const one = transition(plan, state, say(about, bob));
  expect(standsIn(one.state)).toMatchObject({ in: "asking" });
  expect(transition(plan, one.state, say(about, carol)).receipts).toMatchObject([{ port: "approved" }]);
});

test("[R50] whoever started the run, whom the plan does not ask, and who claims another's seat count nothing", () => {
  const { plan, state, about } = asking({ starter: "barred" }, { approvers: [bob, finance] });
  const refused: RunEvent[] = [
    say(about, ada),
    say(about, ada, { as: finance }),
    say(about, carol, { as: finance, of: ada }),
    say(about, ada, { as: bob, of: bob }),
    say(about, carol),
    say(about, carol, { as: bob }),
    say(about, carol, { as: Approver.parse("@group:acme/others") as Capacity }),
    say(about, bob, { of: bob }),
  ];
  for (const event of refused) expect(transition(plan, state, event).state).toBe(state);
  expect(transition(plan, state, say(about, carol, { as: finance })).receipts).toMatchObject([{ port: "approved" }]);
  expect(transition(plan, state, say(about, carol, { as: bob, of: bob })).receipts).toMatchObject([
    { votes: [{ by: "carol", of: "bob", as: "bob" }] },
  ]);
});

test("[R50] whatever is said in whatever order, a decision has enough votes of different people whom the plan asks", () => {
  const person = fc.constantFrom(ada, bob, carol, dan, eve);
  const seat = fc.constantFrom<Capacity>(bob, carol, finance);
  const said = fc.record({ by: person, as: seat, of: fc.option(person, { nil: undefined }), yes: fc.boolean() });
  fc.assert(
    fc.property(fc.array(said, { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (all, least) => {
      const agreement = { least, starter: "barred", weights: { bob: 2 } } as const;
      const { plan, state, about } = asking(agreement, { approvers: [bob, carol, finance], denial: "continues" });
      let now = state;
      for (const { by, as, of, yes } of all) {
        const next = transition(plan, now, say(about, by, { as, of, answer: yes ? "approved" : "denied" }));
        const receipt = next.receipts.find(({ step }) => step === "q");
        now = next.state;
        if (!receipt) continue;
        const votes = receipt.votes ?? [];
        expect(decided(votes, { least, against: 1 })).toBe(receipt.port);
        expect(votes.every((vote, place) => !hasVoted(votes.slice(0, place), vote))).toBe(true);
        expect(votes.some((vote: Vote) => vote.by === ada || vote.of === ada)).toBe(false);
        return;
      }
    }),
  );
});

test("[R51] an edit is another question: its editor's yes counts, the others are asked again, and it is worked out", () => {
  const { plan, state, about } = asking({ least: 2, edits: [EDIT] }, { approvers: [bob, carol] });
  const one = transition(plan, state, say(about, bob));
  const edits = [{ place: 0, value: 40 }];
  const agreement = { ...SIMPLE, least: 2, edits: [EDIT] };
  const becomes = digestOf(editedQuestion(about, agreement, edits));
  expect(transition(plan, one.state, say(about, carol, { edits, becomes: digestOf("other") })).state).toBe(one.state);
  const edited = transition(plan, one.state, say(about, carol, { edits, becomes }));
  const anew = aboutIn(edited);
  expect(anew).toEqual(editedQuestion(about, agreement, edits));
  expect(anew).toMatchObject({ operation: "r/q/ask.1", edits: [{ title: "Amount", value: 40 }] });
  expect(standsIn(edited.state)).toMatchObject({ votes: [{ by: "carol" }] });
  expect(transition(plan, edited.state, say(about, bob)).state).toBe(edited.state);
  const agreed = transition(plan, edited.state, say(anew, bob));
  expect(agreed.commands).toMatchObject([{ do: "decide", operation: "r/q/decide" }]);
  const made = digestOf({ subject: { amount: 40 } });
  const decision: RunEvent = {
    ...{ type: "decided", decision: { output: made }, operation: OperationId.parse("r/q/decide"), atMs: 11 },
  };
  expect(transition(plan, agreed.state, decision).receipts).toMatchObject([
    { operation: "r/q/ask.1", port: "approved", output: made, subject: digestOf(anew), votes: [{}, {}] },
  ]);
});

test("[R51] regression 9: what is edited beyond its bounds, or may not be edited, is not taken", () => {
  const { plan, state, about } = asking({ edits: [EDIT] });
  const agreement = { ...SIMPLE, edits: [EDIT] };
  for (const value of [101, -1, 1.5, "40", Number.NaN, true]) {
    const edits = [{ place: 0, value }];
    const becomes = digestOf("whatever");
    expect(transition(plan, state, say(about, eve, { edits, becomes })).state).toBe(state);
  }
  const edits = [{ place: 1, value: 1 }];
  const becomes = digestOf(editedQuestion(about, agreement, edits));
  expect(transition(plan, state, say(about, eve, { edits, becomes })).state).toBe(state);
});

test("[R53] only whoever started the run takes a question back, which denies", () => {
  const { plan, state, about } = asking({});
  expect(transition(plan, state, say(about, eve, { answer: "withdrawn" })).state).toBe(state);
  const taken = transition(plan, state, say(about, ada, { answer: "withdrawn" }));
  expect(taken.receipts).toMatchObject([{ code: "approval_withdrawn", by: "ada" }]);
  expect(taken.commands.map((command) => command.do)).toEqual(["release"]);
});

const credits = (amount: bigint) => money("microcredits", amount);
const unlocks = (amount: bigint) => ({ unlocks: { bound: [credits(amount)], payees: [], agents: [] } });

test("[R54] a yes counts only with evidence that the question names, whatever it is; a no counts with any", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...EVIDENCE), { minLength: 1 }),
      fc.constantFrom(...EVIDENCE),
      (kinds, kind) => {
        const { plan, state, about } = asking({ evidence: { kinds } }, { approvers: [bob] });
        expect(about.agreement.evidence).toEqual(kinds);
        const yes = transition(plan, state, say(about, bob, { evidence: { kind } }));
        if (kinds.includes(kind))
          expect(yes.receipts).toMatchObject([{ port: "approved", votes: [{ evidence: { kind } }] }]);
        else expect(yes.state).toBe(state);
        const no = transition(plan, state, say(about, bob, { answer: "denied", evidence: { kind } }));
        expect(no.receipts).toMatchObject([{ code: "approval_denied" }]);
      },
    ),
  );
});

test("[R54] whoever does not say how they answered was signed in, and no more than that", () => {
  const { plan, state, about } = asking({ evidence: { kinds: ["wallet"] } }, { approvers: [bob] });
  expect(transition(plan, state, say(about, bob)).state).toBe(state);
});

test("[R54] what a yes takes is asked above an amount, and is part of what is agreed to", () => {
  const evidence = { kinds: ["passkey" as const], above: credits(100n) };
  const needs = (bound: bigint, terms: Partial<Terms> = {}, agreement: Partial<Agreement> = { evidence }) =>
    asking(agreement, { approvers: [bob], ...unlocks(bound) }, terms).about.agreement.evidence;
  expect(needs(100n)).toBeUndefined();
  expect(needs(101n)).toEqual(["passkey"]);
  const freshAbove = credits(50n);
  expect(needs(50n, { freshAbove }, {})).toBeUndefined();
  expect(needs(51n, { freshAbove }, {})).toEqual(["confirmed", "passkey", "wallet"]);
  expect(needs(51n, { freshAbove })).toEqual(["confirmed", "passkey", "wallet"]);
  expect(needs(101n, { freshAbove })).toEqual(["passkey"]);
  expect(needs(1n, { freshAbove: money("usdc_base", 0n) }, {})).toEqual(["confirmed", "passkey", "wallet"]);
  const [less, more] = [
    asking({}, unlocks(50n), { freshAbove }),
    asking({}, unlocks(50n), { freshAbove: credits(49n) }),
  ];
  expect(digestOf(less.about)).not.toBe(digestOf(more.about));
});

test("[R54] to edit a question leaves what a yes to it takes", () => {
  const agreement = { evidence: { kinds: ["wallet" as const] }, edits: [EDIT] };
  const { plan, state, about } = asking(agreement, { approvers: [bob] });
  const edits = [{ place: 0, value: 7 }];
  const becomes = digestOf(editedQuestion(about, { ...SIMPLE, ...agreement }, edits));
  expect(transition(plan, state, say(about, bob, { edits, becomes })).state).toBe(state);
  const signed = transition(plan, state, say(about, bob, { edits, becomes, evidence: { kind: "wallet" } }));
  expect(standsIn(signed.state)).toMatchObject({ in: "deciding" });
});
