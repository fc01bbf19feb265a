import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { base58 } from "@/flows/basics/base58";
import type { AccountId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { ada, eve, evidenceContract, memoryChallenges, questionAbout } from "@/flows/ports/evidence.contract";
import { approvalWords } from "@/flows/receipts/approval-words";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import { isSignedByWallet } from "@/flows/receipts/wallet-signature";
import { type SignedByWallet, type WalletWords, walletEvidence } from "./wallet";

const secretOf = (account: AccountId) => new Uint8Array(32).fill(account === ada ? 1 : 2);
const addressOf = (account: AccountId) => WalletAddress.parse(base58(ed25519.getPublicKey(secretOf(account))));

async function rig() {
  const challenges = memoryChallenges();
  const wallets = new Map([ada, eve].map((account) => [account, addressOf(account)]));
  const waits = new Map<AccountId, number | null>();
  let made = 0;
  const needs = {
    challenges,
    linked: async (account: AccountId) => {
      const address = wallets.get(account);
      return address ? { address, waitsUntilMs: waits.get(account) ?? null } : null;
    },
    fresh: () => {
      made += 1;
      return `nonce${made}`;
    },
  };
  return {
    evidence: walletEvidence({ ...needs, origin: "https://studio.example" }),
    elsewhere: walletEvidence({ ...needs, origin: "https://studio.example.evil" }),
    sign: (account: AccountId, words: WalletWords) => {
      const signature = base58(ed25519.sign(utf8ToBytes(words.message), secretOf(account)));
      return { ...words, address: addressOf(account), signature };
    },
    under: (signed: SignedByWallet, { nonce }: WalletWords) => ({ ...signed, nonce }),
    names: ({ message }: WalletWords, subject: string) => message.includes(`\nDigest: ${subject}\n`),
    later: challenges.later,
    strip: (account: AccountId) => void wallets.delete(account),
    waits: (account: AccountId, untilMs: number | null) => void waits.set(account, untilMs),
  };
}
evidenceContract("wallet", rig);

test("[P13] the words name studio, question, operation, account, digest, nonce and end; a changed character of them or of the signature shows nothing", async () => {
  const about = questionAbout("Pay acme?");
  const { evidence, sign } = await rig();
  const words = await evidence.ask({ account: ada, about });
  if (!words.ok) throw new Error(words.error.code);
  const { message } = words.value;
  for (const line of [
    "studio.example asks you to agree with your Solana account:",
    addressOf(ada),
    'I say yes to "Pay acme?" of Agent Labs Studio. This signature itself pays nothing.',
    "Approval: r/review/ask",
    `Digest: ${digestOf(about)}`,
    "Account: ada",
    "Nonce: nonce1",
    "Expiration Time: 1970-01-01T00:21:40.000Z",
  ])
    expect(message.split("\n")).toContain(line);
  await fc.assert(
    fc.asyncProperty(fc.nat(message.length - 1), fc.constantFrom("message", "signature"), async (at, part) => {
      const fresh = await rig();
      const asked = await fresh.evidence.ask({ account: ada, about });
      if (!asked.ok) throw new Error(asked.error.code);
      const signed = fresh.sign(ada, asked.value);
      const text = signed[part];
      const place = at % text.length;
      const swapped = text[place] === "1" ? "2" : "1";
      const changed = { ...signed, [part]: text.slice(0, place) + swapped + text.slice(place + 1) };
      expect(await fresh.evidence.prove({ account: ada, about }, changed)).toMatchObject({ ok: false });
    }),
    { numRuns: 60 },
  );
  const proved = await evidence.prove({ account: ada, about }, sign(ada, words.value));
  if (!proved.ok) throw new Error(proved.error.code);
  const kept = JSON.parse(proved.value.proof);
  expect(isSignedByWallet(kept, kept.address)).toBe(true);
});

test("a question cannot bring lines of its own into what is signed", () => {
  const signing = {
    ...{ origin: "https://studio.example", address: "a", account: "ada", nonce: "n" },
    ...{ issuedAt: "now", expiresAt: "later" },
  };
  const lines = (question: string) => approvalWords(questionAbout(question), signing).split("\n");
  const plain = lines("Pay acme?");
  const sly = lines('Pay\nDigest: 00\u2028Account: eve\u202e"?');
  expect(sly).toHaveLength(plain.length);
  expect(sly[3]).toBe(
    'I say yes to "Pay Digest: 00 Account: eve ?" of Agent Labs Studio. This signature itself pays nothing.',
  );
});
