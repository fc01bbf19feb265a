import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { base58 } from "@/flows/basics/base58";
import { AccountId, OperationId } from "@/flows/basics/ids";
import { canonicalJson } from "@/flows/plan/canonical";
import { digestOf, sha256Hex } from "@/flows/plan/digest";
import { toStored } from "@/flows/plan/stored";
import type { Question } from "@/flows/ports/approvals";
import { type ApprovalSigning, approvalWords } from "@/flows/receipts/approval-words";
import type { ReceiptBody } from "@/flows/receipts/chain";
import { signerOf } from "@/flows/receipts/proof";
import { readReceiptFile } from "@/flows/receipts/read-file";
import type { ReceiptFile } from "@/flows/receipts/receipt-file";
import { eve, type Ran, ran, retold } from "@/flows/receipts/sealed-file.contract";
import { signedInWords } from "@/flows/receipts/signed-words";
import { verifyReceipts } from "@/flows/receipts/verify";

const secret = new Uint8Array(32).fill(7);
const address = base58(ed25519.getPublicKey(secret));
const signing: ApprovalSigning = {
  ...{ origin: "https://studio.example", address, account: eve, nonce: "n" },
  ...{ issuedAt: "1970-01-01T00:00:00.000Z", expiresAt: "1970-01-01T00:05:00.000Z" },
};

/** What eve's wallet signs for a question, as it is kept. */
function proofOf({ about }: Question, change: Partial<ApprovalSigning> = {}): string {
  const message = approvalWords(about, { ...signing, ...change });
  return kept(message, change.address);
}

function kept(message: string, by = address): string {
  const signature = base58(ed25519.sign(utf8ToBytes(message), secret));
  return canonicalJson({ kind: "wallet", address: by, message, signature });
}

/** A run whose yes was signed, with what was signed; `prove` is what the studio keeps of it. */
async function signed(prove: (question: Question) => string = proofOf, of: Ran = {}): Promise<ReceiptFile> {
  const proofs: string[] = [];
  const evidence = (question: Question) => {
    const proof = prove(question);
    proofs.push(proof);
    return { kind: "wallet" as const, digest: sha256Hex(proof) };
  };
  const file = await ran({ ...of, evidence });
  return { ...file, proofs };
}

test.each([{ rule: false }, { rule: true }])(
  "[V8] a file with what a wallet signed says who agreed by which wallet, where %o asks",
  async (of) => {
    const file = await signed(proofOf, of);
    const read = readReceiptFile(toStored(file));
    expect(read).toEqual({ ok: true, value: file });
    const verdict = verifyReceipts(file);
    expect(verdict.failed).toEqual([]);
    expect(verdict.proved.join(" ")).toMatch(/1 signature checked/);
    expect(verdict.notProved.join(" ")).toMatch(/Whose wallet or passkey/);
    const [yes] = verdict.signed;
    expect(yes).toMatchObject({ by: eve, kind: "wallet", shown: "checked", key: address });
    const named = `${address.slice(0, 4)}…${address.slice(-4)}`;
    expect(yes && signedInWords(yes, { nameOf: () => "Eve", titleOf: (step) => step })).toBe(
      `Eve agreed at ${of.rule ? "work" : "q"} by wallet ${named} at studio.example, signature checked`,
    );
  },
);

test("[V8] what the receipts claim and the file does not show is told, and fails nothing", async () => {
  const { proofs: _, ...file } = await signed();
  for (const bare of [file, { ...file, proofs: [] }]) {
    const verdict = verifyReceipts(bare);
    expect(verdict.failed).toEqual([]);
    expect(verdict.signed).toMatchObject([{ shown: "claimed" }]);
    expect(verdict.proved.join(" ")).not.toMatch(/signature/);
    expect(verdict.notProved.join(" ")).toMatch(/1 yes was signed with: the receipts claim it/);
  }
  expect(verifyReceipts(await ran({})).signed).toEqual([]);
});

test("[V8] a yes by wallet is shown as well where it pays very many, as long as a file takes it", async () => {
  const payees = Array.from({ length: 1_350 }, (_, at) => AccountId.parse(String(at).padStart(64, "p")));
  const file = await ran({});
  const operation = OperationId.parse("r/q/ask.1");
  const about = { question: "Pay all of them?", unlocks: { bound: [], payees }, run: file.run, operation };
  const yes = { kind: "wallet", account: eve, subject: digestOf(about), run: file.run };
  const most = approvalWords(about, signing);
  const proof = kept(most);
  expect(most.length).toBeGreaterThan(89_000);
  expect(signerOf(proof, yes)).toEqual({ key: address, origin: signing.origin });
  expect(readReceiptFile(toStored({ ...file, proofs: [proof] }))).toMatchObject({ ok: true });
  expect(signerOf(kept(most.replace("Pay all", `Pay ${"a".repeat(1_000)}`)), yes)).toBeNull();
});

test("[V8] what was signed for somebody else, something else, another run or by another wallet makes the file false", async () => {
  const other = base58(ed25519.getPublicKey(new Uint8Array(32).fill(8)));
  const forgeries: ((question: Question) => string)[] = [
    (question) => proofOf(question, { account: "mallory" }),
    (question) => proofOf(question, { address: other }),
    (question) => proofOf({ ...question, about: { ...question.about, question: "Something else?" } }),
    (question) => proofOf(question).replace('"signature":"', '"signature":"1'),
    (question) => proofOf(question).replace("At most: ", "At most:  "),
    ({ about }) => kept(approvalWords(about, signing).replace(`Run: ${about.run}`, "Run: other")),
    ({ about }) => kept(`${approvalWords(about, signing)}\nand more`),
    ({ about }) => kept(approvalWords(about, signing), other),
    (question) => JSON.stringify(question.subject),
    () => "no JSON",
  ];
  for (const forge of forgeries) {
    const verdict = verifyReceipts(await signed(forge));
    expect(verdict.failed).toEqual([expect.stringMatching(/^What was signed is no yes/)]);
    expect(verdict.signed).toMatchObject([{ shown: "unfit" }]);
  }
});

test("[V8] whoever holds the key of the studio cannot move what was signed to another answer", async () => {
  const file = await signed();
  const votes = (change: object) =>
    retold(file, (body): ReceiptBody => {
      if (body.kind !== "step" || !body.step.votes) return body;
      return { ...body, step: { ...body.step, votes: body.step.votes.map((vote) => ({ ...vote, ...change })) } };
    });
  const unfit = /^What was signed is no yes/;
  const evidence = { kind: "passkey" as const, digest: sha256Hex(file.proofs?.[0] ?? "") };
  for (const change of [{ by: AccountId.parse("ada") }, { answer: "denied" as const }, { evidence }])
    expect(verifyReceipts(votes(change)).failed).toContainEqual(expect.stringMatching(unfit));
  const elsewhere = retold(file, (body) =>
    body.kind === "step" && body.step.votes ? { ...body, step: { ...body.step, subject: sha256Hex("else") } } : body,
  );
  expect(verifyReceipts(elsewhere).failed).toEqual([expect.stringMatching(unfit)]);
});

test("[V8] something signed that belongs to no answer makes the file false", async () => {
  const file = await signed();
  const more = verifyReceipts({ ...file, proofs: [...(file.proofs ?? []), "else"] });
  expect(more.failed).toEqual([expect.stringMatching(/belongs to no answer/)]);
});

test("[V8] a character changed in what was signed is told: it is shown no more, and belongs to nothing", async () => {
  const file = await signed();
  const [proof = ""] = file.proofs ?? [];
  fc.assert(
    fc.property(fc.nat(proof.length - 1), (at) => {
      const changed = `${proof.slice(0, at)}${proof[at] === "0" ? "1" : "0"}${proof.slice(at + 1)}`;
      expect(verifyReceipts({ ...file, proofs: [changed] })).toMatchObject({
        signed: [{ shown: "claimed" }],
        failed: [expect.stringMatching(/belongs to no answer/)],
      });
    }),
    { numRuns: 50 },
  );
});
