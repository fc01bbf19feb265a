import { expect, test } from "vitest";
import {
  agreementWords,
  approvalPath,
  costOf,
  mostOf,
  questionShown,
  valueWords,
  votedWords,
} from "@/components/panels/approvals/question-words";
import { AccountId } from "@/flows/basics/ids";
import { type Agreement, SIMPLE } from "@/flows/plan/agreement";

test("the most that a yes can cost is said in every currency that it can cost", () => {
  expect(mostOf([{ currency: "trial_microcredits", amount: 400_000n }])).toBe("at most 0.40 credits");
  expect(
    mostOf([
      { currency: "microcredits", amount: 1_000_001n },
      { currency: "usdc_base", amount: 2_500_000n },
    ]),
  ).toBe("at most 1.000001 credits and 2.50 USDC");
});

test("a yes that costs nothing says so", () => {
  expect(mostOf([])).toBe("nothing");
  expect(costOf([])).toBe("costs nothing");
  expect(costOf([{ currency: "microcredits", amount: 400_000n }])).toBe("at most 0.40 credits");
  expect(mostOf([{ currency: "microcredits", amount: 0n }])).toBe("nothing");
});

test("only an answer of yes is shown as approved", () => {
  expect(questionShown({ state: "answered", answer: "approved" }).status).toBe("done");
  expect(questionShown({ state: "answered", answer: "denied" }).status).toBe("denied");
  expect(questionShown({ state: "answered", answer: null }).status).toBe("denied");
  expect(questionShown({ state: "timed_out", answer: null }).word).toBe("Timed out");
});

test("the slashes of an operation stay inside one part of its address", () => {
  expect(approvalPath("run/review/ask")).toBe("/approvals/run%2Freview%2Fask");
});

test("how many must agree is said in people, or in what yeses come to where some count more", () => {
  const [ann, bob] = ["ann", "bob"].map((name) => AccountId.parse(name)) as [AccountId, AccountId];
  const vote = {
    by: ann,
    as: ann,
    answer: "approved",
    weight: 1,
    atMs: 0,
    evidence: { kind: "session" },
    edits: [],
  } as const;
  const asked = (agreement: Partial<Agreement>) => ({ approvers: [ann, bob], agreement: { ...SIMPLE, ...agreement } });
  const words = (agreement: Partial<Agreement>) =>
    agreementWords({ asked: asked(agreement), approvers: [ann, bob], votes: [vote] });
  expect(words({})).toBe("One yes is enough");
  expect(words({ least: 2 })).toBe("2 of 2 must agree, 1 so far");
  expect(words({ least: 3, weights: { bob: 2 } })).toBe("Yeses have to come to 3, 1 so far");
});

test("whoever looks is told what they answered, that they changed a value, and that somebody answered for them", () => {
  const [ann, bob] = ["ann", "bob"].map((name) => AccountId.parse(name)) as [AccountId, AccountId];
  const vote = { by: ann, as: ann, answer: "approved", weight: 1, atMs: 0, evidence: { kind: "session" } } as const;
  expect(votedWords({ ...vote, edits: [{ place: 0, value: 40 }] }, ann)).toBe("You changed it and agreed.");
  expect(votedWords({ ...vote, edits: [] }, ann)).toBe("You agreed.");
  expect(votedWords({ ...vote, answer: "denied", of: bob, edits: [] }, bob)).toBe("Somebody in your place refused.");
});

test("a value that was changed is one line, and what is not there is said", () => {
  expect([null, true, 40, "", "DE", { a: 1 }].map(valueWords)).toEqual([
    ...["nothing", "yes", "40", "an empty text", "DE", "a list or an object"],
  ]);
});
