import { expect, test } from "vitest";
import { AccountId, Capacity, Digest, NodeId, OperationId, RunId, StepId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { SIMPLE } from "@/flows/plan/agreement";
import { digestOf, sha256Hex } from "@/flows/plan/digest";
import { toStored } from "@/flows/plan/stored";
import type { QuestionBody } from "@/flows/ports/approvals";
import { virtualClock } from "@/flows/simulator/clock";
import { memoryValues } from "@/flows/simulator/values";
import type { ApprovalDesk, DeskFacts, GivenAnswer } from "../repos/approval-desk";
import { type AnswerQuestion, answerQuestion } from "./answer-question";

const [eve, ada, carol] = ["eve", "ada", "carol"].map((name) => AccountId.parse(name)) as [
  AccountId,
  AccountId,
  AccountId,
];
const operation = OperationId.parse("r/review/ask");
const about: QuestionBody = {
  plan: digestOf("plan"),
  run: RunId.parse("r"),
  step: StepId.parse("review"),
  node: NodeId.parse("review"),
  operation,
  path: [],
  payer: ada,
  question: "Go on?",
  shows: {},
  edits: [],
  unlocks: { bound: [money("microcredits", 1_000_000n)], payees: [], agents: [] },
  agreement: { approvers: [eve], least: 1, against: 1 },
  askedAtMs: 0,
  untilMs: 60_000,
  nonce: digestOf("nonce"),
};
const subject = digestOf(about);
const open: DeskFacts = {
  run: about.run,
  subject,
  about: toStored(about),
  asked: { approvers: [eve] },
  payer: ada,
  untilMs: 60_000,
  state: "open",
  seats: [{ as: eve, of: null }],
  wasAsked: true,
  votes: [],
  change: null,
};

function desk(facts: DeskFacts | null, nowMs = 10, mail: "taken" | "full" = "taken") {
  const written: GivenAnswer[] = [];
  const keys = new Set<string>();
  const approvalDesk: ApprovalDesk = {
    async answer(_, judge) {
      if (!facts) return { ok: false, error: { code: "question_not_found" } };
      const judged = judge(facts);
      if (!judged.ok) return judged;
      if (mail === "full") return { ok: false, error: { code: "mail_full", run: facts.run } };
      if (keys.has(judged.value.key)) return { ok: false, error: { code: "answer_given" } };
      keys.add(judged.value.key);
      written.push(judged.value);
      return { ok: true, value: operation };
    },
  };
  const questions = {
    find: async () => null,
    list: async () => [],
    notes: async () => [],
    changes: async () => [],
    countOpen: async () => 0,
    reach: async () => null,
    voters: async () => [],
  };
  const services = { approvalDesk, clock: virtualClock(nowMs), questions, values: memoryValues() };
  const evidence = { kind: "session" } as const;
  return {
    written,
    answer: (answer: "approved" | "denied" | "withdrawn", more: Partial<AnswerQuestion> = {}) =>
      answerQuestion(services, { by: eve, operation, subject, answer, evidence, ...more }),
  };
}

test("an answer goes to the run that asked, with the digest of what was shown, and is kept with its very text", async () => {
  const { written, answer } = desk(open);
  expect(await answer("approved", { comment: "Fine." })).toEqual({ ok: true, value: { operation } });
  const said = { by: "eve", as: "eve", answer: "approved", subject, comment: "Fine.", evidence: { kind: "session" } };
  expect(written).toMatchObject([
    {
      run: "r",
      key: "answer/r/review/ask/eve",
      letter: { type: "approval_answered", operation, ...said },
      vote: { answer: "approved", seen: toStored(about), comment: "Fine." },
    },
  ]);
});

test("regression 2: approve and reject posted at once are one answer, the first", async () => {
  const { written, answer } = desk(open);
  const answers = await Promise.all([answer("approved"), answer("denied")]);
  expect(answers.map(({ ok }) => ok)).toEqual([true, false]);
  expect(answers[1]).toMatchObject({ error: { code: "answer_given" } });
  expect(written).toHaveLength(1);
});

test("regression 5: whoever is not in the group any more is told so, and nothing is written", async () => {
  const { written, answer } = desk({ ...open, seats: [] });
  expect(await answer("approved")).toEqual({ ok: false, error: { code: "approver_revoked" } });
  expect(await desk({ ...open, seats: [], wasAsked: false }).answer("approved")).toMatchObject({
    error: { code: "question_not_found" },
  });
  expect(written).toEqual([]);
});

test("[R52] regression 10: what changed between display and answer is refused, with a sentence that says what", async () => {
  const { written, answer } = desk(open);
  expect(await answer("approved", { subject: digestOf("something else") })).toMatchObject({
    error: { code: "subject_changed", changes: [] },
  });
  const pays = (amount: bigint) => ({ ...about.unlocks, bound: [money("microcredits", amount)] });
  const changed: [Partial<QuestionBody>, string][] = [
    [{ unlocks: pays(2_000_000n) }, "the amount was 2.00 credits and is 1.00 credits"],
    [{ unlocks: { ...about.unlocks, payees: [carol] } }, "the payee was carol and is nobody"],
    [{ plan: digestOf("another") }, "the plan was .* and is .*"],
    [{ shows: { subject: { from: "constant", value: "x" } } }, "what goes on changed"],
    [{ question: "Go on now?" }, 'the question was "Go on now?" and is "Go on?"'],
  ];
  for (const [other, sentence] of changed) {
    const seen = { ...about, ...other };
    const told = await answer("approved", { subject: digestOf(seen), seen: toStored(seen) });
    expect(told).toMatchObject({
      ok: false,
      error: { changes: [expect.stringMatching(sentence.replaceAll("?", "."))] },
    });
  }
  const swapped = { ...open, about: toStored({ ...about, question: "Pay mallory?" }) };
  expect(await desk(swapped).answer("approved")).toMatchObject({ error: { code: "subject_changed" } });
  expect(written).toEqual([]);
});

test("a question that is settled, expired or somebody else's takes no answer", async () => {
  expect(await desk({ ...open, state: "answered" }).answer("approved")).toMatchObject({
    error: { code: "question_settled", state: "answered" },
  });
  expect(await desk(open, 60_000).answer("approved")).toMatchObject({ error: { code: "question_expired" } });
  expect(await desk(null).answer("approved")).toMatchObject({ error: { code: "question_not_found" } });
});

test("a run whose mail is full takes no answer, and its sender is told", async () => {
  const { written, answer } = desk(open, 10, "full");
  expect(await answer("approved")).toEqual({ ok: false, error: { code: "mail_full", run: "r" } });
  expect(written).toEqual([]);
});

test("whoever started a run has no say in it unless the flow names them, in nobody's place either", async () => {
  const finance = Capacity.parse("@group:acme/finance");
  const agreement = { ...SIMPLE, starter: "barred" } as const;
  const asked = { approvers: [finance, eve], agreement };
  const ask = (seats: DeskFacts["seats"], by: AccountId) => desk({ ...open, asked, seats }).answer("approved", { by });
  const barred = { error: { code: "approver_is_starter" } };
  expect(await ask([{ as: finance, of: null }], ada)).toMatchObject(barred);
  expect(await ask([{ as: eve, of: eve }], ada)).toMatchObject(barred);
  expect(await ask([{ as: finance, of: ada }], carol)).toMatchObject(barred);
  expect(await ask([{ as: finance, of: null }], carol)).toMatchObject({ ok: true });
});

test("nobody answers twice, neither as somebody else nor once their own place was filled", async () => {
  const asked = { approvers: [carol, eve], agreement: { ...SIMPLE, least: 2 } };
  const vote = (by: AccountId, of?: AccountId) => ({
    by,
    ...(of ? { of } : {}),
    answer: "approved" as const,
    weight: 1,
  });
  const ask = (votes: DeskFacts["votes"], seats: DeskFacts["seats"]) =>
    desk({ ...open, asked, votes, seats }).answer("approved");
  const given = { error: { code: "answer_given" } };
  expect(await ask([vote(eve)], [{ as: eve, of: null }])).toMatchObject(given);
  expect(await ask([vote(eve)], [{ as: carol, of: carol }])).toMatchObject(given);
  expect(await ask([vote(carol, eve)], [{ as: eve, of: null }])).toMatchObject(given);
  expect(await ask([vote(carol)], [{ as: eve, of: null }])).toMatchObject({ ok: true });
});

test("what is no question tells of no change, and whoever has no seat any more is told of none", async () => {
  const texts = ["{}", "no JSON", "null", toStored({ ...about, unlocks: 1 }), toStored({ ...about, untilMs: 1e300 })];
  for (const seen of texts) {
    const told = await desk(open).answer("approved", { subject: Digest.parse(sha256Hex(seen)), seen });
    expect(told).toMatchObject({ ok: false, error: { code: "subject_changed" } });
  }
  const seen = { ...about, question: "" };
  const more = { subject: digestOf(seen), seen: toStored(seen) };
  expect(await desk(open).answer("approved", more)).toMatchObject({ error: { changes: [expect.any(String)] } });
  expect(await desk({ ...open, seats: [] }).answer("approved", more)).toMatchObject({ error: { changes: [] } });
});

test("what is said to have been read counts only under its own digest; whoever pays is told what changed, without a seat", async () => {
  const read = { ...about, question: "Go on now?" };
  const told = (by: AccountId, subject: Digest) =>
    desk({ ...open, seats: by === ada ? [] : open.seats }).answer("approved", { by, subject, seen: toStored(read) });
  expect(await told(eve, digestOf("what nobody read"))).toMatchObject({ error: { changes: [] } });
  expect(await told(eve, digestOf(read))).toMatchObject({ error: { changes: [expect.any(String)] } });
  expect(await told(ada, digestOf(read))).toMatchObject({ error: { changes: [expect.any(String)] } });
});

test("only whoever started the run takes a question back", async () => {
  expect(await desk(open).answer("withdrawn")).toMatchObject({ error: { code: "withdrawal_refused" } });
  const { written, answer } = desk({ ...open, seats: [], wasAsked: false });
  expect(await answer("withdrawn", { by: ada })).toMatchObject({ ok: true });
  expect(written).toMatchObject([{ vote: null, letter: { answer: "withdrawn", by: "ada" } }]);
});

test("a value is changed at most twenty times, and whoever would change it once more is told so", async () => {
  const change = (times: number) => {
    const changed = OperationId.parse(`r/review/ask.${times}`);
    return desk(open).answer("approved", { operation: changed, edits: [{ place: 0, value: true }] });
  };
  expect(await change(20)).toEqual({ ok: false, error: { code: "edits_spent", most: 20 } });
  expect(await change(19)).not.toMatchObject({ error: { code: "edits_spent" } });
});

test("[R54] a yes with less than it takes is refused, and says what it takes; a no is taken", async () => {
  const agreement = { ...SIMPLE, evidence: { kinds: ["passkey" as const, "wallet" as const] } };
  const needing = { ...open, asked: { approvers: [eve], agreement } };
  const { written, answer } = desk(needing);
  expect(await answer("approved")).toEqual({
    ok: false,
    error: { code: "evidence_needed", kinds: ["passkey", "wallet"], given: "session" },
  });
  expect(await answer("approved", { evidence: { kind: "api_key" } })).toMatchObject({ ok: false });
  expect(written).toEqual([]);
  expect(await answer("denied")).toMatchObject({ ok: true });
  expect(await desk(needing).answer("approved", { evidence: { kind: "wallet" } })).toMatchObject({ ok: true });
});
