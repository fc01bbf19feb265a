import { expect, test } from "vitest";
import { AccountId, NodeId, OperationId, RunId, StepId } from "../basics/ids";
import { money } from "../basics/money";
import { digestOf } from "../plan/digest";
import type { QuestionBody } from "../ports/approvals";
import { whatChanged } from "./what-changed";

const eve = AccountId.parse("eve");
const body: QuestionBody = {
  plan: digestOf("plan"),
  run: RunId.parse("r"),
  step: StepId.parse("q"),
  node: NodeId.parse("q"),
  operation: OperationId.parse("r/q/ask"),
  path: [],
  payer: eve,
  question: "Go on?",
  shows: {},
  edits: [],
  unlocks: { bound: [money("microcredits", 1_000_000n)], payees: [eve], agents: [] },
  agreement: { approvers: [eve], least: 1, against: 1 },
  askedAtMs: 0,
  untilMs: 60_000,
  nonce: digestOf("nonce"),
};

test("[R52] every field of a question that is another is told, and what is the same is not", () => {
  expect(whatChanged(body, { ...body })).toEqual([]);
  const others: { [Field in keyof QuestionBody]: QuestionBody[Field] } = {
    plan: digestOf("other"),
    run: RunId.parse("s"),
    step: StepId.parse("p"),
    node: NodeId.parse("p"),
    operation: OperationId.parse("r/q/ask.1"),
    path: [1],
    payer: AccountId.parse("ada"),
    question: "Really?",
    shows: { subject: { from: "constant", value: 1 } },
    edits: [{ field: "subject", at: [], title: "Amount", value: 3 }],
    unlocks: { ...body.unlocks, bound: [money("microcredits", 2_000_000n)] },
    agreement: { ...body.agreement, least: 2 },
    askedAtMs: 1,
    untilMs: 61_000,
    nonce: digestOf("another"),
  };
  for (const [field, other] of Object.entries(others)) {
    const [told, ...more] = whatChanged(body, { ...body, [field]: other });
    expect([field, told, more]).toEqual([field, expect.stringMatching(/^(the|what|who) /), []]);
  }
  expect(whatChanged(body, { ...body, unlocks: { ...body.unlocks, ...others.unlocks, payees: [] } })).toEqual([
    "the amount was 1.00 credits and is 2.00 credits",
    "the payee was eve and is nobody",
  ]);
});
