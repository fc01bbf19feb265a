import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { EvidenceAsk, KeptPasskey } from "@/flows/ports/evidence";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import type { Services } from "../services";
import { addPasskey, confirmationOf, confirmed, removePasskey } from "./change-means";
import type { Signed } from "./prove-evidence";

const ada = AccountId.parse("ada");
const address = WalletAddress.parse("11111111111111111111111111111111");

/** An account with so many passkeys, and a wallet or none. What is signed names the digest that it is about. */
function office({ passkeys = [] as string[], wallet = false }) {
  const keys = new Set(passkeys);
  const hears =
    (kind: "wallet" | "passkey") =>
    async (ask: EvidenceAsk, { nonce }: { nonce: string }) =>
      nonce === digestOf(ask.about)
        ? ({ ok: true, value: { kind, proof: "{}" } } as const)
        : ({ ok: false, error: { code: "challenge_expired" } } as const);
  const services = {
    evidence: { wallet: { prove: hears("wallet") }, passkey: { prove: hears("passkey") } },
    passkeys: {
      list: async () => [...keys].map((id) => ({ id })),
      add: async ({ id }: KeptPasskey) => !keys.has(id) && Boolean(keys.add(id)),
      remove: async (_: AccountId, id: string) => keys.delete(id),
    },
    registrar: { take: async () => ({ ok: true, value: { id: "new" } }) },
    wallets: { linked: async () => (wallet ? { address, linkedAt: new Date(0) } : null) },
  } as unknown as Pick<Services, "evidence" | "passkeys" | "registrar" | "wallets">;
  return { services, keys };
}

const signedFor = (change: Parameters<typeof confirmationOf>[1]) =>
  ({ kind: "passkey", nonce: digestOf(confirmationOf(ada, change).about) }) as unknown as Signed;
const made = {} as Parameters<typeof addPasskey>[1]["made"];
const refused = (kinds: string[]) => ({ ok: false, error: { code: "change_unconfirmed", kinds } });

test("the first passkey of an account without anything is free; the next takes a signature, and so does any beside a wallet", async () => {
  const first = office({});
  expect(await addPasskey(first.services, { owner: ada, made, name: "Laptop" })).toMatchObject({ ok: true });
  expect(await addPasskey(first.services, { owner: ada, made, name: "Phone" })).toEqual(refused(["passkey"]));
  const beside = office({ wallet: true });
  expect(await addPasskey(beside.services, { owner: ada, made, name: "Laptop" })).toEqual(refused(["wallet"]));
  const signed = { ...signedFor({ do: "add" }), kind: "wallet" } as unknown as Signed;
  expect(await addPasskey(beside.services, { owner: ada, made, name: "Laptop", signed })).toMatchObject({ ok: true });
});

test("where there is a passkey the wallet alone adds, removes and links nothing", async () => {
  const both = office({ passkeys: ["a"], wallet: true });
  const byWallet = (change: Parameters<typeof confirmationOf>[1]) =>
    ({ ...signedFor(change), kind: "wallet" }) as unknown as Signed;
  const add = byWallet({ do: "add" });
  expect(await addPasskey(both.services, { owner: ada, made, name: "Mine", signed: add })).toEqual(
    refused(["passkey"]),
  );
  const remove = byWallet({ do: "remove", id: "a" });
  expect(await removePasskey(both.services, { owner: ada, id: "a", signed: remove })).toEqual(refused(["passkey"]));
  const link = byWallet({ do: "link" });
  expect(await confirmed(both.services, { owner: ada, signed: link }, { do: "link" })).toEqual(refused(["passkey"]));
  expect([...both.keys]).toEqual(["a"]);
});

test("to remove one, or to link another wallet, takes a signature over that very change", async () => {
  const { services, keys } = office({ passkeys: ["a", "b"] });
  const remove = (signed?: Signed) => removePasskey(services, { owner: ada, id: "a", signed });
  expect(await remove()).toEqual(refused(["passkey"]));
  for (const other of [signedFor({ do: "remove", id: "b" }), signedFor({ do: "add" }), signedFor({ do: "link" })])
    expect(await remove(other)).toMatchObject({ error: { code: "challenge_expired" } });
  expect([...keys]).toEqual(["a", "b"]);
  expect(await remove(signedFor({ do: "remove", id: "a" }))).toMatchObject({ ok: true });
  expect([...keys]).toEqual(["b"]);
  expect(await confirmed(services, { owner: ada }, { do: "link" })).toEqual(refused(["passkey"]));
});
