import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256Hex } from "../plan/digest";
import type { Question } from "../ports/approvals";
import { type ApprovalSigning, approvalWords, readApprovalWords } from "./approval-words";
import { eve, ran } from "./sealed-file.contract";
import { signedInWords } from "./signed-words";
import { verifyReceipts } from "./verify";

const address = "GmaDrppBC7P5ARKV8g3djiwP89vz1jLK23V2GBjuAEGB";
const signing: ApprovalSigning = {
  ...{ origin: "https://studio.example", address, account: eve, nonce: "n" },
  ...{ issuedAt: "1970-01-01T00:00:00.000Z", expiresAt: "1970-01-01T00:05:00.000Z" },
};

test("[V8] what receipts claim was signed is told as claimed, as unfit where it is shown and is no yes, and else as no part of the file", async () => {
  const file = await ran({ evidence: () => ({ kind: "passkey", digest: sha256Hex("{}") }) });
  const told = ({ failed, signed }: ReturnType<typeof verifyReceipts>) => ({
    failed,
    signed: signed.map((each) => signedInWords(each)),
  });
  expect(told(verifyReceipts(file))).toEqual({
    failed: [],
    signed: ["eve agreed at q by passkey: claimed, not shown"],
  });
  expect(told(verifyReceipts({ ...file, proofs: ["{}"] }))).toEqual({
    failed: [expect.stringMatching(/^What was signed is no yes/)],
    signed: ["eve agreed at q by passkey: what was signed does not fit"],
  });
  expect(told(verifyReceipts({ ...file, proofs: ["[]"] }))).toEqual({
    failed: [expect.stringMatching(/belongs to no answer/)],
    signed: ["eve agreed at q by passkey: claimed, not shown"],
  });
  expect(verifyReceipts(await ran({})).signed).toEqual([]);
});

test("[V8] words of an approval are read back as they were written, whatever is asked, and no others are", async () => {
  let about: Question["about"] | undefined;
  await ran({
    evidence: (question) => {
      about = question.about;
      return { kind: "session" };
    },
  });
  if (!about) throw new Error("nobody was asked");
  const asked = about;
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.nat(14), (question, at) => {
      const message = approvalWords({ ...asked, question }, signing);
      expect(readApprovalWords(message)).toMatchObject({
        address,
        account: eve,
        run: asked.run,
        origin: signing.origin,
      });
      const lines = message.split("\n");
      expect(readApprovalWords([...lines.slice(0, at), ...lines.slice(at + 1)].join("\n"))).toBeNull();
      expect(readApprovalWords([...lines.slice(0, at), "Digest: 1", ...lines.slice(at)].join("\n"))).toBeNull();
    }),
  );
  const sworn = approvalWords(asked, signing).replace("I say yes to", "I say no to");
  expect(readApprovalWords(sworn)).toBeNull();
});
