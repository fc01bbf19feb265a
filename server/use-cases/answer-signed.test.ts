import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { base58 } from "@/flows/basics/base58";
import { AccountId, NodeId, OperationId, RunId, StepId } from "@/flows/basics/ids";
import { canonicalJson } from "@/flows/plan/canonical";
import { digestOf, sha256Hex } from "@/flows/plan/digest";
import { toStored } from "@/flows/plan/stored";
import type { QuestionBody } from "@/flows/ports/approvals";
import { approvalWords } from "@/flows/receipts/approval-words";
import { virtualClock } from "@/flows/simulator/clock";
import { memoryValues } from "@/flows/simulator/values";
import type { ApprovalDesk, DeskFacts, GivenAnswer } from "../repos/approval-desk";
import type { AskedQuestion } from "../repos/questions-repo";
import type { Services } from "../services";
import { answerSigned } from "./answer-signed";
import type { Signed } from "./prove-evidence";

const [eve, ada] = [AccountId.parse("eve"), AccountId.parse("ada")];
const operation = OperationId.parse("r/review/ask");
const about: QuestionBody = {
  ...{ plan: digestOf("plan"), run: RunId.parse("r"), step: StepId.parse("review"), node: NodeId.parse("review") },
  ...{ operation, path: [], payer: ada, question: "Go on?", shows: {}, edits: [], nonce: digestOf("nonce") },
  ...{ unlocks: { bound: [], payees: [], agents: [] }, agreement: { approvers: [eve], least: 1, against: 1 } },
  ...{ askedAtMs: 0, untilMs: 60_000 },
};
const subject = digestOf(about);
const signed = { kind: "wallet" } as unknown as Signed;

/** What a wallet signed, as it is kept. */
const secret = new Uint8Array(32).fill(1);
const address = base58(ed25519.getPublicKey(secret));
const times = { issuedAt: "2026-01-01T00:00:00.000Z", expiresAt: "2026-01-01T00:05:00.000Z" };
const message = approvalWords(about, { account: eve, address, nonce: "n", origin: "https://studio.example", ...times });
const signature = base58(ed25519.sign(utf8ToBytes(message), secret));
const proof = canonicalJson({ kind: "wallet", address, message, signature });

type Seen = Pick<AskedQuestion, "about" | "asked" | "state">;
const seen: Seen = { about, asked: { approvers: [eve] }, state: "open" };

/** A studio whose desk takes a click for this question, whatever `questions` says of it and whatever becomes of what was signed. */
function studio({ shown = seen, proves = true }: { shown?: Seen | null; proves?: boolean } = {}) {
  const written: GivenAnswer[] = [];
  const facts: DeskFacts = {
    ...{ run: about.run, subject, about: toStored(about), asked: { approvers: [eve] }, payer: ada, untilMs: 60_000 },
    ...{ state: "open", seats: [{ as: eve, of: null }], wasAsked: true, votes: [], change: null },
  };
  const approvalDesk: ApprovalDesk = {
    async answer(_, judge) {
      const judged = judge(facts);
      if (judged.ok) written.push(judged.value);
      return judged.ok ? { ok: true, value: operation } : judged;
    },
  };
  const services = {
    approvalDesk,
    clock: virtualClock(10),
    questions: { find: async () => shown },
    values: memoryValues(),
    evidence: {
      wallet: {
        prove: async () =>
          proves ? { ok: true, value: { kind: "wallet", proof } } : { ok: false, error: { code: "challenge_expired" } },
      },
    },
  } as unknown as Pick<Services, "approvalDesk" | "clock" | "evidence" | "questions" | "values">;
  const answer = (given: "approved" | "denied", digest = subject) =>
    answerSigned(services, { by: eve, operation, subject: digest, answer: given, clicked: "session", signed });
  return { written, answer };
}

test("what was signed is kept with the vote, and a no needs no signature", async () => {
  const { written, answer } = studio();
  expect(await answer("approved")).toMatchObject({ ok: true });
  expect(written).toMatchObject([{ vote: { evidence: { kind: "wallet", digest: sha256Hex(proof) }, proof } }]);
  const without = studio({ proves: false });
  expect(await without.answer("denied")).toMatchObject({ ok: true });
  expect(without.written).toMatchObject([{ vote: { answer: "denied", evidence: { kind: "session" }, proof: null } }]);
});

test("what was signed never becomes a click, not even where a click would do", async () => {
  const refusals: [ReturnType<typeof studio>, string][] = [
    [studio({ proves: false }), "challenge_expired"],
    [studio({ shown: null }), "question_not_found"],
    [studio({ shown: { ...seen, state: "answered" } }), "question_settled"],
  ];
  for (const [{ written, answer }, code] of refusals) {
    expect(await answer("approved")).toMatchObject({ ok: false, error: { code } });
    expect(written).toEqual([]);
  }
  const { written, answer } = studio();
  expect(await answer("approved", digestOf("what was shown before"))).toMatchObject({
    error: { code: "subject_changed" },
  });
  expect(written).toEqual([]);
});
