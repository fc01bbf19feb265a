import { expect, test } from "vitest";
import { AccountId, NodeId, OperationId, RunId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { virtualClock } from "@/flows/simulator/clock";
import type { Delivery, Posted } from "../repos/inbox-repo";
import type { AskedQuestion } from "../repos/questions-repo";
import { answerQuestion } from "./answer-question";

const eve = AccountId.parse("eve");
const operation = OperationId.parse("r/review/ask");
const about = {
  plan: digestOf("plan"),
  run: RunId.parse("r"),
  node: NodeId.parse("review"),
  path: [],
  payer: AccountId.parse("ada"),
  question: "Go on?",
  shows: {},
  unlocks: { bound: [], payees: [], agents: [] },
  untilMs: 60_000,
};
const subject = digestOf(about);
const open: AskedQuestion = {
  operation,
  run: about.run,
  subject,
  about,
  approvers: [eve],
  until: new Date(60_000),
  state: "open",
  answer: null,
  answeredBy: null,
  answeredAt: null,
  createdAt: new Date(0),
};

function desk(question: AskedQuestion | null, nowMs = 10, mail: "taken" | "full" = "taken") {
  const letters: Delivery[] = [];
  const keys = new Set<string>();
  const services = {
    clock: virtualClock(nowMs),
    inbox: {
      async post(letter: Delivery): Promise<Posted> {
        if (mail === "full") return "mail_full";
        if (keys.has(letter.key)) return "repeated";
        keys.add(letter.key);
        letters.push(letter);
        return "posted";
      },
    },
    questions: { find: async () => question, list: async () => [], countOpen: async () => 0 },
  };
  return {
    letters,
    answer: (answer: "approved" | "denied", shown = subject) =>
      answerQuestion(services, { by: eve, operation, subject: shown, answer }),
  };
}

test("an answer goes to the run that asked, with the digest of what was shown", async () => {
  const { letters, answer } = desk(open);
  expect(await answer("approved")).toEqual({ ok: true, value: { operation } });
  expect(letters).toEqual([
    {
      run: "r",
      key: "answer/r/review/ask",
      event: { type: "approval_answered", operation, by: "eve", answer: "approved", subject },
    },
  ]);
});

test("regression 2: approve and reject posted at once are one answer, the first", async () => {
  const { letters, answer } = desk(open);
  const answers = await Promise.all([answer("approved"), answer("denied")]);
  expect(answers.map(({ ok }) => ok)).toEqual([true, false]);
  expect(answers[1]).toMatchObject({ error: { code: "answer_given" } });
  expect(letters).toHaveLength(1);
});

test("regression 10: what changed between display and answer is refused", async () => {
  expect(await desk(open).answer("approved", digestOf("something else"))).toMatchObject({
    error: { code: "subject_changed" },
  });
  const swapped = { ...open, about: { ...about, question: "Pay mallory?" } };
  const { letters, answer } = desk(swapped);
  expect(await answer("approved")).toMatchObject({ error: { code: "subject_changed", now: digestOf(swapped.about) } });
  expect(letters).toEqual([]);
});

test("a question that is settled, expired or somebody else's takes no answer", async () => {
  expect(await desk({ ...open, state: "answered" }).answer("approved")).toMatchObject({
    error: { code: "question_settled", state: "answered" },
  });
  expect(await desk(open, 60_000).answer("approved")).toMatchObject({ error: { code: "question_expired" } });
  expect(await desk(null).answer("approved")).toMatchObject({ error: { code: "question_not_found" } });
});

test("a run whose mail is full takes no answer, and its sender is told", async () => {
  const { letters, answer } = desk(open, 10, "full");
  expect(await answer("approved")).toEqual({ ok: false, error: { code: "mail_full", run: "r" } });
  expect(letters).toEqual([]);
});
