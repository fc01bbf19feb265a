import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { confirmationOf, type MeansChange, passkeyDigest } from "@/flows/plan/means-change";
import type { EvidenceAsk, KeptPasskey } from "@/flows/ports/evidence";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import type { Services } from "../services";
import { addPasskey, confirmed, offerPasskey, removePasskey } from "./change-means";
import type { Signed } from "./prove-evidence";

const ada = AccountId.parse("ada");
const address = WalletAddress.parse("11111111111111111111111111111111");
type Rig = { passkeys?: readonly string[]; young?: readonly string[]; wallet?: boolean | "young"; makes?: string };
type Used = "accounts" | "evidence" | "passkeys" | "registrar" | "site" | "wallets";

/**
 * An account with passkeys, some of them `young`, which do not count yet, and a wallet or none. What is signed names the digest
 * that it is about. `later` lets a day pass.
 */
function office({ passkeys = [], young = [], wallet = false, makes = "new" }: Rig = {}) {
  const keys = new Map<string, number>([
    ...passkeys.map((id) => [id, 0] as const),
    ...young.map((id) => [id, 24] as const),
  ]);
  let hours = 0;
  const later = (by: number) => {
    hours += by;
  };
  const until = (from: number) => (from > hours ? new Date(from * 3_600_000) : null);
  const hears =
    (kind: "wallet" | "passkey") =>
    async (ask: EvidenceAsk, { nonce }: { nonce: string }) =>
      nonce === digestOf(ask.about)
        ? ({ ok: true, value: { kind, proof: "{}" } } as const)
        : ({ ok: false, error: { code: "challenge_expired" } } as const);
  const services = {
    accounts: { find: async () => null },
    evidence: { wallet: { prove: hears("wallet") }, passkey: { prove: hears("passkey") } },
    passkeys: {
      list: async () => [...keys].map(([id, from]) => ({ id, waitsUntil: until(from) })),
      add: async ({ id }: KeptPasskey, { waitsHours }: { waitsHours: number }) => {
        if (keys.size >= 20) return "passkeys_full";
        if (keys.has(id)) return "passkey_taken";
        keys.set(id, hours + waitsHours);
        return "added";
      },
      remove: async (_: AccountId, id: string) => keys.delete(id),
      removeWaiting: async (_: AccountId, id: string) => until(keys.get(id) ?? 0) !== null && keys.delete(id),
    },
    registrar: {
      offer: async () => ({ ok: true, value: { nonce: "n" } }),
      take: async () => ({ ok: true, value: { id: makes } }),
    },
    site: { firstMeansAfterHours: 24 },
    wallets: {
      linked: async () =>
        wallet ? { address, linkedAt: new Date(0), waitsUntil: wallet === "young" ? until(24) : null } : null,
    },
  } as unknown as Pick<Services, Used>;
  return { services, keys, later, waits: (id: string) => until(keys.get(id) ?? 0) };
}

const signedFor = (change: MeansChange) =>
  ({ kind: "passkey", nonce: digestOf(confirmationOf(change)) }) as unknown as Signed;
const byWallet = (change: MeansChange) => ({ ...signedFor(change), kind: "wallet" }) as unknown as Signed;
const attested = { id: "new", attestationObject: "o2Nm" };
const madeAs = (response: typeof attested) =>
  ({ nonce: "n", response: { id: response.id, response } }) as unknown as Parameters<typeof addPasskey>[1]["made"];
const made = madeAs(attested);
const adding = (name: string): MeansChange => ({ do: "add", passkey: passkeyDigest(attested), name });
const linking = { do: "link", address } as const;
const refused = (kinds: string[]) => ({ ok: false, error: { code: "change_unconfirmed", kinds } });

test("the first passkey of an account without anything counts a day later; what is signed for counts at once", async () => {
  const first = office();
  expect(await addPasskey(first.services, { owner: ada, made, name: "Laptop" })).toMatchObject({ ok: true });
  expect(first.waits("new")).toEqual(new Date(24 * 3_600_000));

  const second = office({ passkeys: ["a"] });
  expect(await addPasskey(second.services, { owner: ada, made, name: "Phone" })).toEqual(refused(["passkey"]));
  const signed = signedFor(adding("Phone"));
  expect(await addPasskey(second.services, { owner: ada, made, name: "Phone", signed })).toMatchObject({ ok: true });
  expect(second.waits("new")).toBeNull();

  const beside = office({ wallet: true });
  expect(await addPasskey(beside.services, { owner: ada, made, name: "Laptop" })).toEqual(refused(["wallet"]));
  const words = byWallet(adding("Laptop"));
  expect(await addPasskey(beside.services, { owner: ada, made, name: "Laptop", signed: words })).toMatchObject({
    ok: true,
  });
  expect(beside.waits("new")).toBeNull();
});

test("what does not count yet confirms nothing, and nobody needs it to: each waits a day of its own", async () => {
  for (const rig of [{ young: ["a"] }, { wallet: "young" }, { young: ["a"], wallet: "young" }] as const) {
    const young = office(rig);
    young.later(10);
    const signed = signedFor(adding("Mine")); // as if it were something
    expect(await addPasskey(young.services, { owner: ada, made, name: "Mine", signed })).toMatchObject({ ok: true });
    expect(young.waits("new")).toEqual(new Date(34 * 3_600_000));
  }
});

test("a session takes away what does not count yet, by itself; the day begins anew with what is added then, and ends", async () => {
  const { services, keys, later, waits } = office();
  const add = () => addPasskey(services, { owner: ada, made, name: "Laptop" });
  const remove = () => removePasskey(services, { owner: ada, id: "new" });
  await add();
  later(23);
  expect(await add()).toEqual({ ok: false, error: { code: "passkey_taken" } });
  expect(waits("new")).toEqual(new Date(24 * 3_600_000)); // neither stretched nor shortened by that
  expect(await remove()).toEqual({ ok: true, value: null });
  await add();
  expect(waits("new")).toEqual(new Date(47 * 3_600_000));
  later(24);
  expect(await remove()).toEqual(refused(["passkey"]));
  expect([...keys.keys()]).toEqual(["new"]);
});

test("beside one that counts, a session still takes away what does not, and nothing else", async () => {
  const { services, keys } = office({ passkeys: ["mine"], young: ["theirs"] });
  expect(await removePasskey(services, { owner: ada, id: "mine" })).toEqual(refused(["passkey"]));
  expect(await removePasskey(services, { owner: ada, id: "theirs" })).toMatchObject({ ok: true });
  expect([...keys.keys()]).toEqual(["mine"]);
});

test("an account has at most twenty passkeys, and no device makes one more", async () => {
  const full = { ok: false, error: { code: "passkeys_full", most: 20 } };
  const ids = Array.from({ length: 20 }, (_, at) => `k${at}`);
  const { services } = office({ passkeys: ids });
  expect(await offerPasskey(services, ada)).toEqual(full);
  const signed = signedFor(adding("Mine"));
  expect(await addPasskey(services, { owner: ada, made, name: "Mine", signed })).toEqual(full);
  expect(await offerPasskey(office({ passkeys: ids.slice(1) }).services, ada)).toMatchObject({ ok: true });
});

test("where there is a passkey the wallet alone adds, removes and links nothing", async () => {
  const both = office({ passkeys: ["a"], wallet: true });
  const add = byWallet(adding("Mine"));
  expect(await addPasskey(both.services, { owner: ada, made, name: "Mine", signed: add })).toEqual(
    refused(["passkey"]),
  );
  const remove = byWallet({ do: "remove", id: "a" });
  expect(await removePasskey(both.services, { owner: ada, id: "a", signed: remove })).toEqual(refused(["passkey"]));
  const link = byWallet(linking);
  expect(await confirmed(both.services, { owner: ada, signed: link }, linking)).toEqual(refused(["passkey"]));
  expect([...both.keys.keys()]).toEqual(["a"]);
});

test("to remove one, or to link another wallet, takes a signature over that very change", async () => {
  const { services, keys } = office({ passkeys: ["a", "b"] });
  const remove = (signed?: Signed) => removePasskey(services, { owner: ada, id: "a", signed });
  expect(await remove()).toEqual(refused(["passkey"]));
  for (const other of [signedFor({ do: "remove", id: "b" }), signedFor(adding("a")), signedFor(linking)])
    expect(await remove(other)).toMatchObject({ error: { code: "challenge_expired" } });
  expect([...keys.keys()]).toEqual(["a", "b"]);
  expect(await remove(signedFor({ do: "remove", id: "a" }))).toMatchObject({ ok: true });
  expect([...keys.keys()]).toEqual(["b"]);
  expect(await confirmed(services, { owner: ada }, linking)).toEqual(refused(["passkey"]));
});

test("[P14] what was signed for one new passkey, name or wallet adds or links no other", async () => {
  const { services, keys } = office({ passkeys: ["a"] });
  const add = (name: string, signed: Signed, other = made) =>
    addPasskey(services, { owner: ada, made: other, name, signed });
  const unheard = { ok: false, error: { code: "challenge_expired" } };
  const signed = signedFor(adding("Phone"));
  expect(await add("Laptop", signed)).toEqual(unheard);
  expect(await add("Phone", signed, madeAs({ ...attested, id: "other" }))).toEqual(unheard);
  expect(await add("Phone", signed, madeAs({ ...attested, attestationObject: "o2Nn" }))).toEqual(unheard);
  expect([...keys.keys()]).toEqual(["a"]);
  expect(await add("Phone", signed)).toMatchObject({ ok: true });
  const link = (to: string) =>
    confirmed(services, { owner: ada, signed: signedFor(linking) }, { do: "link", address: to });
  expect(await link("9xQe")).toEqual(unheard);
  expect(await link(address)).toEqual({ ok: true, value: "signed" });
});
