import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { base58 } from "@/flows/basics/base58";
import { AccountId } from "@/flows/basics/ids";
import { type SignInMessage, signInWords, WalletAddress } from "@/flows/receipts/sign-in-message";
import type { Account } from "../repos/accounts-repo";
import type { Challenge, WalletsRepo } from "../repos/wallets-repo";
import type { Services } from "../services";
import { askWallet, type WalletAnswer } from "./ask-wallet";
import { askPayout, linkWallet, setPayout, unlinkWaiting, unlinkWallet } from "./link-wallet";
import { signInByWallet } from "./sign-in-by-wallet";

const ada = AccountId.parse("ada");
const eve = AccountId.parse("eve");

const HOUR_MS = 3_600_000;
type Needed = "ids" | "site" | "wallets" | "accounts" | "flows" | "wallet" | "passkeys" | "evidence";

/** What the database keeps, in memory; `later` lets minutes pass. */
function office() {
  const accounts = new Map<string, Account>();
  const challenges = new Map<string, Challenge>();
  const links = new Map<string, AccountId>();
  const waits = new Map<string, number>();
  const payouts = new Map<string, WalletAddress>();
  let nowMs = 1_000_000;
  let made = 0;
  const linked = async (account: AccountId) => {
    const [address] = [...links].find(([, owner]) => owner === account) ?? [];
    if (address === undefined) return null;
    const untilMs = waits.get(address) ?? 0;
    const waitsUntil = untilMs > nowMs ? new Date(untilMs) : null;
    return { address: WalletAddress.parse(address), linkedAt: new Date(nowMs), waitsUntil };
  };
  const wallets: WalletsRepo = {
    issue: async (nonce, asked) => {
      const times = { issuedAt: new Date(nowMs), expiresAt: new Date(nowMs + 300_000) };
      challenges.set(nonce, { ...asked, ...times });
      return times;
    },
    take: async (nonce) => {
      const challenge = challenges.get(nonce);
      challenges.delete(nonce);
      return challenge && challenge.expiresAt.getTime() > nowMs ? challenge : null;
    },
    accountOf: async (address) => accounts.get(links.get(address) ?? "") ?? null,
    linked,
    link: async (account, { address, waitsHours }) => {
      if (links.has(address) && links.get(address) !== account) return "wallet_taken";
      if (links.has(address) && waitsHours > 0) return "linked";
      const has = await linked(account);
      if (has && has.address !== address) return "account_has_wallet";
      links.set(address, account);
      waits.set(address, nowMs + waitsHours * HOUR_MS);
      return "linked";
    },
    unlinkWaiting: async (account, address) =>
      (await linked(account))?.waitsUntil != null && links.get(address) === account && links.delete(address),
    unlink: async (account, address) => links.get(address) === account && links.delete(address),
    setPayout: async (account, to) => {
      if (to) payouts.set(account, to);
      else payouts.delete(account);
    },
    payoutWalletOf: async (account) => payouts.get(account) ?? (await linked(account))?.address ?? null,
  };
  const services: Pick<Services, Needed> = {
    ids: {
      fresh: () => {
        made += 1;
        return `fresh-${made}`;
      },
    },
    site: { origin: "https://studio.example:4600", chainId: "solana:devnet", escrow: null, firstMeansAfterHours: 24 },
    wallets,
    passkeys: { list: async () => [] } as unknown as Services["passkeys"],
    evidence: {} as unknown as Services["evidence"], // nothing that counts is there to be heard
    accounts: {
      create: async (account) => void accounts.set(account.id, account),
      find: async (id) => accounts.get(id) ?? null,
      findWithWallet: async () => null,
      names: async () => new Map(),
    },
    flows: { create: async () => undefined } as unknown as Services["flows"],
    wallet: { open: async () => undefined, grant: async () => undefined } as unknown as Services["wallet"],
  };
  return {
    services,
    accounts,
    later: (ms: number) => {
      nowMs += ms;
    },
  };
}

function walletOf(seed: number) {
  const secret = new Uint8Array(32).fill(seed);
  const address = WalletAddress.parse(base58(ed25519.getPublicKey(secret)));
  const answer = (words: SignInMessage, change: (message: string) => string = (message) => message): WalletAnswer => {
    const message = change(signInWords(words, address));
    const signature = base58(ed25519.sign(utf8ToBytes(message), secret));
    return { nonce: words.nonce, address, message, signature };
  };
  return { address, answer };
}

const [wallet, other] = [walletOf(7), walletOf(8)];
const toSignIn = { purpose: "sign_in", account: null } as const;
const expired = { ok: false, error: { code: "challenge_expired" } };

test("a wallet comes to one account, the same each time, and each wallet to its own", async () => {
  const { services, accounts } = office();
  const enter = async (by: typeof wallet) => signInByWallet(services, by.answer(await askWallet(services, toSignIn)));
  const first = await enter(wallet);
  expect(first).toMatchObject({ ok: true, value: { name: "GmaD..AEGB" } });
  expect(await enter(wallet)).toEqual(first);
  expect(await enter(other)).not.toEqual(first);
  expect(accounts.size).toBe(2);
});

test("words are good once, for five minutes, for what they were made for and for who asked", async () => {
  const { services, later } = office();
  const words = await askWallet(services, toSignIn);
  const answer = wallet.answer(words);
  expect(await signInByWallet(services, answer)).toMatchObject({ ok: true });
  expect(await signInByWallet(services, answer)).toEqual(expired); // a replay

  const late = await askWallet(services, toSignIn);
  later(300_000);
  expect(await signInByWallet(services, wallet.answer(late))).toEqual(expired);

  const link = () => askWallet(services, { purpose: "link", account: ada });
  expect(await signInByWallet(services, wallet.answer(await link()))).toEqual(expired);
  expect(await linkWallet(services, { owner: eve, answer: wallet.answer(await link()) })).toEqual(expired);
  expect(await signInByWallet(services, wallet.answer({ ...words, nonce: "made up" }))).toEqual(expired);
});

test.each<[string, (message: string) => string]>([
  ["another domain", (message) => message.replace("studio.example:4600 wants", "evil.example wants")],
  ["another page", (message) => message.replace("URI: https://studio.example:4600", "URI: https://evil.example")],
  ["a longer life", (message) => message.replace(/Expiration Time: .*/, "Expiration Time: 2099-01-01T00:00:00.000Z")],
  ["another chain", (message) => message.replace("solana:devnet", "solana:mainnet")],
  ["one space more", (message) => `${message} `],
  ["another address", (message) => message.replace(wallet.address, other.address)],
])("a wallet that signs %s is refused, and the words are used up", async (_, change) => {
  const { services, accounts } = office();
  const words = await askWallet(services, toSignIn);
  expect(await signInByWallet(services, wallet.answer(words, change))).toMatchObject({
    ok: false,
    error: { code: "signature_invalid" },
  });
  expect(await signInByWallet(services, wallet.answer(words))).toEqual(expired);
  expect(accounts.size).toBe(0);
});

test("nobody comes in as a wallet that somebody else's key signed for", async () => {
  const { services } = office();
  const words = await askWallet(services, toSignIn);
  const forged = { ...wallet.answer(words), signature: other.answer(words).signature };
  expect(await signInByWallet(services, forged)).toMatchObject({ ok: false, error: { code: "signature_invalid" } });
});

test("a wallet opens one account and an account has one wallet", async () => {
  const { services } = office();
  const link = async (owner: AccountId, by: typeof wallet) =>
    linkWallet(services, { owner, answer: by.answer(await askWallet(services, { purpose: "link", account: owner })) });
  expect(await link(ada, wallet)).toMatchObject({ ok: true, value: { address: wallet.address } });
  expect(await link(ada, wallet)).toMatchObject({ ok: true });
  expect(await link(eve, wallet)).toMatchObject({ error: { code: "wallet_taken" } });
  expect(await link(ada, other)).toMatchObject({ error: { code: "account_has_wallet", address: wallet.address } });
});

test("a wallet is unlinked by its own signature, and never by who came in with it", async () => {
  const { services } = office();
  await services.wallets.link(ada, { address: wallet.address, waitsHours: 0 });
  const answer = async (by: typeof wallet) => by.answer(await askWallet(services, { purpose: "unlink", account: ada }));
  const unlink = async (way: "browser" | "wallet", by: typeof wallet) =>
    unlinkWallet(services, { owner: ada, way, answer: await answer(by) });
  expect(await unlink("wallet", wallet)).toMatchObject({ error: { code: "wallet_only_way" } });
  expect(await unlink("browser", other)).toMatchObject({ error: { code: "wallet_not_linked" } });
  expect(await services.wallets.linked(ada)).not.toBeNull();
  expect(await unlink("browser", wallet)).toEqual({ ok: true, value: null });
  expect(await services.wallets.linked(ada)).toBeNull();
});

test("an account is paid at its wallet, or where that wallet said and nowhere else", async () => {
  const { services } = office();
  const pay = async (by: typeof wallet, change?: (message: string) => string) =>
    setPayout(services, {
      owner: ada,
      answer: by.answer(await askPayout(services, { owner: ada, to: other.address }), change),
    });
  expect(await services.wallets.payoutWalletOf(ada)).toBeNull();
  expect(await pay(other)).toMatchObject({ error: { code: "wallet_not_linked" } });
  await services.wallets.link(ada, { address: wallet.address, waitsHours: 0 });
  expect(await services.wallets.payoutWalletOf(ada)).toBe(wallet.address);
  const elsewhere = (message: string) => message.replace(other.address, wallet.address);
  expect(await pay(wallet, elsewhere)).toMatchObject({ error: { code: "signature_invalid" } });
  expect(await pay(other)).toMatchObject({ error: { code: "wallet_not_linked" } });
  expect(await services.wallets.payoutWalletOf(ada)).toBe(wallet.address);
  expect(await pay(wallet)).toEqual({ ok: true, value: other.address });
  expect(await services.wallets.payoutWalletOf(ada)).toBe(other.address);
});

test("a wallet that nothing confirmed counts a day later; until then a session takes it away and it says nothing of payouts", async () => {
  const { services, later } = office();
  const link = async () => {
    const answer = wallet.answer(await askWallet(services, { purpose: "link", account: ada }));
    return linkWallet(services, { owner: ada, answer });
  };
  const takeAway = () => unlinkWaiting(services, { owner: ada, address: wallet.address });
  const pay = async () =>
    setPayout(services, {
      owner: ada,
      answer: wallet.answer(await askPayout(services, { owner: ada, to: other.address })),
    });
  expect(await link()).toMatchObject({ ok: true, value: { waitsUntil: new Date(1_000_000 + 24 * HOUR_MS) } });
  expect(await pay()).toMatchObject({ error: { code: "means_too_new", kind: "wallet" } });
  expect(await takeAway()).toEqual({ ok: true, value: null });
  later(HOUR_MS);
  expect(await link()).toMatchObject({ value: { waitsUntil: new Date(1_000_000 + 25 * HOUR_MS) } }); // a day, anew
  later(24 * HOUR_MS);
  expect(await takeAway()).toEqual({ ok: false, error: { code: "change_unconfirmed", kinds: ["wallet"] } });
  expect(await pay()).toEqual({ ok: true, value: other.address });
});

test("the wallet that opened an account counts at once", async () => {
  const { services } = office();
  const opened = await signInByWallet(services, wallet.answer(await askWallet(services, toSignIn)));
  if (!opened.ok) throw new Error(opened.error.code);
  expect(await services.wallets.linked(opened.value.id)).toMatchObject({ waitsUntil: null });
});
