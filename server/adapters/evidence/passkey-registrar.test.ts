import { SettingsService } from "@simplewebauthn/server";
import { expect, onTestFinished, test, vi } from "vitest";
import type { AccountId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { ada, eve, memoryChallenges, questionAbout } from "@/flows/ports/evidence.contract";
import { Authenticator, USER_VERIFIED } from "./authenticator.contract";
import { passkeyEvidence } from "./passkey";
import { passkeyRegistrar } from "./passkey-registrar";
import { relyingPartyAt } from "./relying-party";

const AT = "https://studio.example";

function desk({ at = AT, had = [] as Authenticator[] } = {}) {
  const challenges = memoryChallenges();
  let made = 0;
  const needs = {
    challenges,
    keys: {
      of: async (account: AccountId) => had.map((each) => ({ ...each.kept(account), waitsUntilMs: null })),
      used: async () => true,
    },
    party: relyingPartyAt(at),
    fresh: () => {
      made += 1;
      return `nonce${made}`;
    },
  };
  const registrar = passkeyRegistrar(needs);
  return {
    ...{ registrar, challenges, evidence: passkeyEvidence(needs) },
    async offered(account: AccountId) {
      const offer = await registrar.offer({ account, name: "Ada" });
      if (!offer.ok) throw new Error(offer.error.code);
      return offer.value;
    },
  };
}

function withKey(publicKey: Uint8Array): Authenticator {
  const device = new Authenticator(ada);
  device.publicKey = publicKey;
  return device;
}

const expired = { ok: false, error: { code: "challenge_expired" } };
const unfit = { ok: false, error: { code: "signature_invalid", problem: expect.stringContaining("no passkey") } };

test("[P13] a passkey is kept with the key that its authenticator made, for the account and the name that asked for it", async () => {
  const { registrar, offered } = desk();
  const device = new Authenticator(ada);
  const offer = await offered(ada);
  expect(offer.options).toMatchObject({
    rp: { id: "studio.example" },
    authenticatorSelection: { userVerification: "required" },
    attestation: "none",
  });
  const taken = await registrar.take(ada, device.make(offer));
  if (!taken.ok) throw new Error(taken.error.code);
  expect(taken.value).toMatchObject({ id: device.id, account: ada, counter: 0, transports: ["internal"] });
  expect(Buffer.from(taken.value.publicKey)).toEqual(Buffer.from(device.publicKey));
});

test("[P13] only kinds of keys are asked for that a receipt can be checked with, and none of another kind is kept", async () => {
  const newerNode = vi.spyOn(SettingsService, "runtimeSupportsPQC").mockReturnValue(true);
  onTestFinished(() => newerNode.mockRestore());
  const { registrar, offered } = desk();
  const offer = await offered(ada);
  expect(offer.options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-8, -7, -257]);
  // ML-DSA-44, {1: 7, 3: -48, -1: 1,312 bytes}: the library asks for it first, and takes it, where Node knows it.
  const newer = Buffer.concat([Buffer.from("a3010703382f20590520", "hex"), Buffer.alloc(1_312)]);
  expect(await registrar.take(ada, withKey(newer).make(offer))).toMatchObject(unfit);
  // Ed448 under the number of EdDSA: {1: 1, 3: -8, -1: 7, -2: 57 bytes}.
  const ed448 = Buffer.concat([Buffer.from("a4010103272007215839", "hex"), Buffer.alloc(57)]);
  expect(await registrar.take(ada, withKey(ed448).make(await offered(ada)))).toEqual({
    ok: false,
    error: { code: "signature_invalid", problem: expect.stringContaining("cannot be checked") },
  });
});

test.each<[string, Parameters<Authenticator["make"]>[1]]>([
  ["at another origin", { origin: "https://studio.example.evil" }],
  ["at a name below ours", { origin: "https://under.studio.example" }],
  ["for another relying party", { rpId: "evil.example", origin: AT }],
  ["without its user verified", { flags: USER_VERIFIED & ~0x04 }],
  ["without its user there", { flags: 0x04 }],
  ["that shows one and makes none", { type: "webauthn.get" }],
  ["for another challenge", { challenge: Buffer.from(digestOf("another"), "hex").toString("base64url") }],
])("[P13] a passkey that is made %s is not kept, and what was asked is used up by it", async (_, flaw) => {
  const { registrar, offered } = desk();
  const device = new Authenticator(ada);
  expect(await registrar.take(ada, device.make(await offered(ada), {}))).toMatchObject({ ok: true });
  const offer = await offered(ada);
  expect(await registrar.take(ada, device.make(offer, flaw))).toMatchObject(unfit);
  expect(await registrar.take(ada, device.make(offer))).toMatchObject(expired);
});

test("[P12] what a passkey is made for is heard once, and not after five minutes", async () => {
  const { registrar, offered, challenges } = desk();
  const made = new Authenticator(ada).make(await offered(ada));
  expect(await registrar.take(ada, made)).toMatchObject({ ok: true });
  expect(await registrar.take(ada, made)).toMatchObject(expired);
  const late = new Authenticator(ada).make(await offered(ada));
  challenges.later(300_000);
  expect(await registrar.take(ada, late)).toMatchObject(expired);
  expect(await registrar.take(ada, { ...made, nonce: "nobody's" })).toMatchObject(expired);
});

test("[P12] nobody keeps a passkey under what another account was asked, nor under what a yes was asked with", async () => {
  const { registrar, offered, evidence } = desk({ had: [new Authenticator(ada)] });
  const device = new Authenticator(eve);
  expect(await registrar.take(eve, device.make(await offered(ada)))).toMatchObject(expired);
  const offer = await offered(eve);
  const mixed = { ...device.make(await offered(eve)), nonce: offer.nonce };
  expect(await registrar.take(eve, mixed)).toMatchObject(unfit);
  const yes = await evidence.ask({ account: ada, about: questionAbout("Pay acme?") });
  if (!yes.ok) throw new Error(yes.error.code);
  const { nonce, options } = yes.value;
  const posing = { ...offer, nonce, options: { ...offer.options, challenge: options.challenge } };
  expect(await registrar.take(ada, new Authenticator(ada).make(posing))).toMatchObject(expired);
});

test("[P12] whom a passkey is made for stands in its challenge, and beside it: neither alone is enough", async () => {
  const { registrar, offered, challenges } = desk();
  const { nonce, options } = await offered(ada);
  const subject = digestOf({ makes: "passkey", account: ada, nonce });
  expect(options.challenge).toBe(Buffer.from(subject, "hex").toString("base64url"));
  await challenges.issue(nonce, { kind: "passkey", account: eve, subject });
  expect(await registrar.take(ada, new Authenticator(ada).make({ nonce, options }))).toMatchObject(expired);
});

test("[P13] an authenticator that has one of the account's passkeys is asked for no second", async () => {
  const device = new Authenticator(ada);
  const { offered } = desk({ had: [device] });
  expect((await offered(ada)).options.excludeCredentials).toMatchObject([{ id: device.id }]);
});

test("[P13] at an address of numbers no passkey is offered, and none is kept", async () => {
  const here = desk();
  const made = new Authenticator(ada).make(await here.offered(ada));
  const { registrar } = desk({ at: "https://10.0.0.5" });
  const absent = { ok: false, error: { code: "passkeys_absent" } };
  expect(registrar.origin).toBeNull();
  expect(await registrar.offer({ account: ada, name: "Ada" })).toEqual(absent);
  expect(await registrar.take(ada, made)).toEqual(absent);
});
