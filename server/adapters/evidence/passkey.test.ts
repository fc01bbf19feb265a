import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { KeptPasskey, Waiting } from "@/flows/ports/evidence";
import { ada, eve, evidenceContract, memoryChallenges, questionAbout } from "@/flows/ports/evidence.contract";
import { Authenticator, type Flaw, USER_VERIFIED } from "./authenticator.contract";
import { type PasskeyWords, passkeyEvidence, type SignedByPasskey } from "./passkey";
import { relyingPartyAt } from "./relying-party";

async function rig() {
  const challenges = memoryChallenges();
  const devices = new Map([ada, eve].map((account) => [account, new Authenticator(account)]));
  const kept = new Map<string, KeptPasskey & Waiting>(
    [...devices].map(([account, device]) => [device.id, { ...device.kept(account), waitsUntilMs: null }]),
  );
  let made = 0;
  const needs = {
    challenges,
    keys: {
      of: async (account: AccountId) => [...kept.values()].filter((key) => key.account === account),
      used: async (id: string, from: number, to: number) => {
        const key = kept.get(id);
        if (key?.counter !== from || (to !== 0 && to <= from)) return false;
        kept.set(id, { ...key, counter: to });
        return true;
      },
    },
    fresh: () => {
      made += 1;
      return `nonce${made}`;
    },
  };
  const deviceOf = (account: AccountId) => {
    const device = devices.get(account);
    if (!device) throw new Error(`${account} has no device`);
    return device;
  };
  return {
    evidence: passkeyEvidence({ ...needs, party: relyingPartyAt("https://studio.example") }),
    elsewhere: passkeyEvidence({ ...needs, party: relyingPartyAt("https://studio.example.evil") }),
    sign: (account: AccountId, words: PasskeyWords, flaw?: Flaw) => deviceOf(account).sign(words, flaw),
    under: (signed: SignedByPasskey, { nonce }: PasskeyWords) => ({ ...signed, nonce }),
    names: ({ nonce, options }: PasskeyWords, subject: string) => {
      const bound = digestOf({ account: ada, nonce, origin: "https://studio.example", subject });
      return options.challenge === Buffer.from(bound, "hex").toString("base64url");
    },
    later: challenges.later,
    strip: (account: AccountId) => void kept.delete(deviceOf(account).id),
    waits: (account: AccountId, waitsUntilMs: number | null) => {
      const device = deviceOf(account);
      kept.set(device.id, { ...device.kept(account), waitsUntilMs });
    },
    /** Another passkey of the same account. */
    beside: (account: AccountId, waitsUntilMs: number | null) => {
      const device = new Authenticator(AccountId.parse(`${account}-too`));
      kept.set(device.id, { ...device.kept(account), waitsUntilMs });
      return device;
    },
  };
}

evidenceContract("passkey", rig);

const yes = { account: ada, about: questionAbout("Pay acme?") };

async function signedWith(flaw: Flaw) {
  const studio = await rig();
  const words = await studio.evidence.ask(yes);
  if (!words.ok) throw new Error(words.error.code);
  return studio.evidence.prove(yes, studio.sign(ada, words.value, flaw));
}

test.each<[string, Flaw]>([
  ["of another origin", { origin: "https://studio.example.evil" }],
  ["of another relying party", { rpId: "evil.example", origin: "https://studio.example" }],
  ["without its user verified", { flags: USER_VERIFIED & ~0x04 }],
  ["without its user there", { flags: 0x04 }],
  ["that makes a passkey and shows none", { type: "webauthn.create" }],
])("[P13] a passkey %s shows nothing", async (_, flaw) => {
  expect(await signedWith({})).toMatchObject({ ok: true });
  expect(await signedWith(flaw)).toMatchObject({ ok: false, error: { code: "signature_invalid" } });
});

test("[P13] beside a passkey that counts, one that does not yet is not asked for, and shows nothing", async () => {
  const studio = await rig();
  const young = studio.beside(ada, 7_000_000);
  const words = await studio.evidence.ask(yes);
  if (!words.ok) throw new Error(words.error.code);
  expect(words.value.options.allowCredentials?.map(({ id }) => id)).not.toContain(young.id);
  const refused = { ok: false, error: { code: "means_too_new", kind: "passkey", countsFromMs: 7_000_000 } };
  expect(await studio.evidence.prove(yes, young.sign(words.value))).toEqual(refused);
});

test("[P13] a counter that goes backwards, or stands still, shows nothing; one that never counts is taken", async () => {
  const studio = await rig();
  const prove = async (counter: number) => {
    const words = await studio.evidence.ask(yes);
    if (!words.ok) throw new Error(words.error.code);
    return studio.evidence.prove(yes, studio.sign(ada, words.value, { counter }));
  };
  expect(await prove(0)).toMatchObject({ ok: true });
  expect(await prove(0)).toMatchObject({ ok: true });
  expect(await prove(7)).toMatchObject({ ok: true });
  for (const counter of [7, 6, 0]) expect(await prove(counter)).toMatchObject({ ok: false });
  expect(await prove(8)).toMatchObject({ ok: true });
});

test("[P13] passkeys are made for a name: this machine is localhost, and an address of numbers has none", () => {
  expect(relyingPartyAt("http://127.0.0.1:4600")).toEqual({ id: "localhost", origin: "http://localhost:4600" });
  expect(relyingPartyAt("http://[::1]:4600")).toEqual({ id: "localhost", origin: "http://localhost:4600" });
  expect(relyingPartyAt("http://localhost:4600")).toEqual({ id: "localhost", origin: "http://localhost:4600" });
  expect(relyingPartyAt("https://studio.example")).toEqual({ id: "studio.example", origin: "https://studio.example" });
  expect(relyingPartyAt("http://studio.example")).toBeNull();
  expect(relyingPartyAt("https://10.0.0.5")).toBeNull();
  expect(relyingPartyAt("https://[fd00::1]")).toBeNull();
});
