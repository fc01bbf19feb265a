import { ed25519 } from "@noble/curves/ed25519.js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { wordsFor } from "@/components/panels/approvals/subject-of";
import { wordsAbout } from "@/components/panels/wallets/signed-about";
import { base58 } from "@/flows/basics/base58";
import { AccountId, NodeId, OperationId, RunId, StepId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { SIMPLE } from "@/flows/plan/agreement";
import { digestOf } from "@/flows/plan/digest";
import { confirmationOf, type MeansChange } from "@/flows/plan/means-change";
import type { QuestionBody } from "@/flows/ports/approvals";
import { approvalWords, type ReadQuestion } from "@/flows/receipts/approval-words";
import { isSignedByWallet } from "@/flows/receipts/wallet-signature";
import { signApproval } from "./sign-approval";
import type { SolanaWallet } from "./standard-wallets";
import { WalletRefusal } from "./wallet-fault";

const ORIGIN = "https://studio.example";
beforeEach(() => vi.stubGlobal("window", { location: { origin: ORIGIN } }));
afterEach(() => vi.unstubAllGlobals());

const [ada, eve] = [AccountId.parse("ada"), AccountId.parse("eve")];
const secret = new Uint8Array(32).fill(7);
const address = base58(ed25519.getPublicKey(secret));

/** A wallet that signs whatever it is asked to, and remembers it. */
function willing() {
  const asked: string[] = [];
  const account = { address, publicKey: ed25519.getPublicKey(secret) };
  const signMessage = async ({ message }: { message: Uint8Array }) => {
    asked.push(new TextDecoder().decode(message));
    return [{ signedMessage: message, signature: ed25519.sign(message, secret) }];
  };
  const features = {
    "standard:connect": { connect: async () => ({ accounts: [account] }) },
    "solana:signMessage": { signMessage },
  };
  return { asked, wallet: { name: "Test", features } as unknown as SolanaWallet };
}

const about: QuestionBody = {
  ...{ plan: digestOf("plan"), run: RunId.parse("r"), step: StepId.parse("review"), node: NodeId.parse("review") },
  ...{
    operation: OperationId.parse("r/review/ask"),
    path: [],
    payer: eve,
    question: "Pay acme?",
    shows: {},
    edits: [],
  },
  unlocks: { bound: [money("microcredits", 1_000_000n)], payees: [], agents: [] },
  agreement: { approvers: [ada], least: 1, against: 1 },
  ...{ askedAtMs: 1, untilMs: 4_000_000_000_000, nonce: digestOf("nonce") },
};
const edits = [{ field: "subject", at: ["amount"], title: "Amount", min: 0, max: 10 }] as never;
const onScreen = { about, asked: { approvers: [ada], agreement: { ...SIMPLE, edits } } };

/** What the studio sends to be signed about this. */
const sent = (body: ReadQuestion, { origin = ORIGIN, account = "ada" } = {}) => ({
  ...{ nonce: "n1", address },
  message: approvalWords(body, {
    ...{ origin, address, account, nonce: "n1" },
    ...{ issuedAt: "2026-11-22T08:00:00.000Z", expiresAt: "2026-11-22T08:05:00.000Z" },
  }),
});

test("a wallet signs the words of what is on the screen, which the page and the studio work out alike", async () => {
  const { wallet, asked } = willing();
  const words = sent(about);
  const own = wordsFor(onScreen, { ...words, account: ada, edits: [] });
  expect(own).toBe(words.message);
  const signed = await signApproval(wallet, { ...words, words: own });
  expect(asked).toEqual([words.message]);
  expect(isSignedByWallet(signed, signed.address)).toBe(true);
});

test.each<[string, ReturnType<typeof sent>]>([
  ["another question", sent({ ...about, question: "Pay mallory?" })],
  ["another amount", sent({ ...about, unlocks: { ...about.unlocks, bound: [money("microcredits", 2_000_000n)] } })],
  ["another payee", sent({ ...about, unlocks: { ...about.unlocks, payees: [eve] } })],
  ["another run", sent({ ...about, run: RunId.parse("other") })],
  ["another digest under the same words", sent({ ...about, nonce: digestOf("other") } as ReadQuestion)],
  ["another account", sent(about, { account: "eve" })],
  ["a line more", { ...sent(about), message: `${sent(about).message}\nAnd: more` }],
])("a wallet is not asked to sign %s than is on the screen", async (_, words) => {
  const { wallet, asked } = willing();
  const own = wordsFor(onScreen, { ...words, account: ada, edits: [] });
  const refused = signApproval(wallet, { ...words, words: own });
  await expect(refused).rejects.toEqual(new WalletRefusal({ code: "words_other" }));
  expect(asked).toEqual([]);
});

test("with a value changed on the screen, words about the unchanged are refused", async () => {
  const { wallet, asked } = willing();
  const words = sent(about);
  const changed = wordsFor(onScreen, { ...words, account: ada, edits: [{ place: 0, value: 3 }] });
  const refused = signApproval(wallet, { ...words, words: changed });
  await expect(refused).rejects.toEqual(new WalletRefusal({ code: "words_other" }));
  expect(asked).toEqual([]);
});

test("words for another address are not signed here", async () => {
  const { wallet, asked } = willing();
  const words = sent(about, { origin: "https://studio.example.evil" });
  const own = wordsFor(onScreen, { ...words, account: ada, edits: [] });
  const refused = signApproval(wallet, { ...words, words: own });
  await expect(refused).rejects.toMatchObject({ fault: { code: "wallet_elsewhere" } });
  expect(asked).toEqual([]);
});

test("[P14] a wallet confirms the change that was made on the screen, and no other", async () => {
  const { wallet, asked } = willing();
  const add = (made: string, name = "Laptop"): MeansChange => ({ do: "add", passkey: digestOf(made), name });
  const own = (message: string) =>
    wordsAbout(confirmationOf(add("mine")), { message, address, account: "ada", nonce: "n1" });
  for (const other of [add("theirs"), add("mine", "Phone"), { do: "link", address: "9xQe" } as const]) {
    const words = sent(confirmationOf(other));
    const refused = signApproval(wallet, { ...words, words: own(words.message) });
    await expect(refused).rejects.toEqual(new WalletRefusal({ code: "words_other" }));
  }
  expect(asked).toEqual([]);
  const words = sent(confirmationOf(add("mine")));
  await signApproval(wallet, { ...words, words: own(words.message) });
  expect(asked).toEqual([words.message]);
});
