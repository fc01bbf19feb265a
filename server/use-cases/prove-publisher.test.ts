import { ed25519 } from "@noble/curves/ed25519.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import type { Publisher } from "../repos/publishers-repo";
import { claimPublisher, proveByFile, proveByWallet, WELL_KNOWN } from "./prove-publisher";

const ada = AccountId.parse("ada");
const eve = AccountId.parse("eve");

/** Names as the database keeps them, and the files that lie on the network. */
function office(files: Readonly<Record<string, string>> = {}) {
  const names = new Map<string, Publisher>();
  let made = 0;
  const fresh = () => {
    made += 1;
    return `token-${made}`;
  };
  const services = {
    ids: { fresh },
    publishers: {
      list: async () => [],
      find: async (name: string) => names.get(name) ?? null,
      claim: async (owner: AccountId, name: string, token: string) => {
        const known = names.get(name) ?? { owner, name, token, proof: null, provedBy: null, origins: [] };
        names.set(name, known);
        return known;
      },
      prove: async (name: string, by: Pick<Publisher, "provedBy"> & { proof: "wallet" | "well_known" }) => {
        const known = names.get(name);
        if (!known) return;
        if (by.proof === "wallet") names.set(name, { ...known, ...by });
        else
          names.set(name, {
            ...{ ...known, ...(known.proof === "wallet" ? {} : by) },
            origins: [...known.origins, by.provedBy ?? ""],
          });
      },
      isProvedByOther: async () => false,
      isReviewer: async () => false,
    },
    reader: {
      text: async (address: string, how?: { redirect?: "follow" | "error" }) => {
        const text = how?.redirect === "error" ? files[address] : "the file of wherever it redirects to";
        if (text === undefined) return { ok: false as const, error: { problem: "nothing is there" } };
        return { ok: true as const, value: text };
      },
    },
  };
  return { names, services: services as unknown as Parameters<typeof proveByFile>[0] };
}

const LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/** Bytes that do not begin with zero, as wallets write them. */
function base58(bytes: Uint8Array): string {
  let value = BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  let text = "";
  for (; value > 0n; value /= 58n) text = `${LETTERS[Number(value % 58n)]}${text}`;
  return text;
}

function walletOf(seed: number) {
  const secret = new Uint8Array(32).fill(seed);
  const sign = (words: string) => base58(ed25519.sign(utf8ToBytes(words), secret));
  return { address: base58(ed25519.getPublicKey(secret)), sign };
}

test.each(["studio", "house", "operator", "agent-labs"])(
  "nobody publishes as %s, which is the studio's own",
  async (name) => {
    const { services, names } = office();
    expect(await claimPublisher(services, { owner: ada, name })).toEqual({
      ok: false,
      error: { code: "publisher_taken", name },
    });
    expect(names.size).toBe(0);
  },
);

test("a wallet proves a name by signing the words of this account and this claim, and no others", async () => {
  const { services, names } = office();
  const claimed = await claimPublisher(services, { owner: ada, name: "acme" });
  if (!claimed.ok) throw new Error(claimed.error.code);
  const wallet = walletOf(7);
  const prove = (signature: string, by = wallet.address) =>
    proveByWallet(services, { owner: ada, name: "acme", wallet: by, signature });
  const refused = { ok: false, error: { code: "proof_invalid" } };
  expect(await prove(wallet.sign("I publish agents as acme."))).toMatchObject(refused);
  expect(await prove(walletOf(8).sign(claimed.value.challenge))).toMatchObject(refused);
  expect(await prove(wallet.sign(claimed.value.challenge.replace("Account: ada", "Account: eve")))).toMatchObject(
    refused,
  );
  expect(names.get("acme")?.proof).toBeNull();
  expect(await prove(wallet.sign(claimed.value.challenge))).toMatchObject({ ok: true, value: { proof: "wallet" } });
  expect(names.get("acme")).toMatchObject({ proof: "wallet", provedBy: wallet.address });
  // What one wallet has proved, no other takes over.
  const other = walletOf(8);
  expect(await prove(other.sign(claimed.value.challenge), other.address)).toMatchObject(refused);
  const hers = await proveByWallet(services, {
    ...{ owner: eve, name: "acme", wallet: wallet.address },
    signature: wallet.sign(claimed.value.challenge),
  });
  expect(hers).toEqual({ ok: false, error: { code: "publisher_taken", name: "acme" } });
});

test("a file proves a name where it lies, by a line with the token of the claim", async () => {
  const files = {
    [`https://acme.example${WELL_KNOWN}`]: "# agents\n token-1 \n",
    [`https://other.example${WELL_KNOWN}`]: "token-12",
  };
  const { services, names } = office(files);
  const prove = (address: string) => proveByFile(services, { owner: ada, name: "acme", address });
  expect(await prove("https://nowhere.example/agent")).toMatchObject({ error: { code: "address_unreadable" } });
  expect(await prove("https://other.example/agent")).toMatchObject({ error: { code: "proof_invalid" } });
  expect(names.get("acme")?.proof).toBeNull();
  expect(await prove("https://acme.example/agents/one")).toMatchObject({ ok: true });
  expect(names.get("acme")).toMatchObject({ proof: "well_known", provedBy: "https://acme.example" });
});

test("a file proves one more address, and takes no wallet's place", async () => {
  const at = (origin: string) => `${origin}${WELL_KNOWN}`;
  const [one, two] = ["https://one.example", "https://two.example"];
  const { services, names } = office({ [at(one)]: "token-1", [at(two)]: "token-1" });
  const claimed = await claimPublisher(services, { owner: ada, name: "acme" });
  if (!claimed.ok) throw new Error(claimed.error.code);
  const wallet = walletOf(7);
  const signature = wallet.sign(claimed.value.challenge);
  await proveByFile(services, { owner: ada, name: "acme", address: `${one}/agents` });
  await proveByWallet(services, { owner: ada, name: "acme", wallet: wallet.address, signature });
  expect(await proveByFile(services, { owner: ada, name: "acme", address: two })).toMatchObject({
    ok: true,
    value: { proof: "wallet", provedBy: wallet.address, origins: [one, two] },
  });
  expect(names.get("acme")).toMatchObject({ proof: "wallet", provedBy: wallet.address, origins: [one, two] });
});
