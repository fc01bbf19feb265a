import {
  constants,
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  sign,
} from "node:crypto";
import { expect, test } from "vitest";
import { canonicalJson } from "@/flows/plan/canonical";
import { digestOf } from "@/flows/plan/digest";
import { ada, eve, memoryChallenges, questionAbout } from "@/flows/ports/evidence.contract";
import { isSignedByPasskey, type PasskeySigned } from "@/flows/receipts/passkey-signature";
import { signerOf } from "@/flows/receipts/proof";
import { Authenticator } from "./authenticator.contract";
import { passkeyEvidence } from "./passkey";
import { relyingPartyAt } from "./relying-party";

const party = relyingPartyAt("https://studio.example");
const yes = { account: ada, about: questionAbout("Pay acme?") };
const asked = { kind: "passkey", account: ada, subject: digestOf(yes.about), run: "r" };

/** What the studio keeps of a yes that it has heard. */
async function kept(): Promise<string> {
  const device = new Authenticator(ada);
  const keys = { of: async () => [{ ...device.kept(ada), waitsUntilMs: null }], used: async () => true };
  const evidence = passkeyEvidence({ challenges: memoryChallenges(), keys, party, fresh: () => "n" });
  const words = await evidence.ask(yes);
  const proved = words.ok ? await evidence.prove(yes, device.sign(words.value)) : words;
  if (!proved.ok) throw new Error(proved.error.code);
  return proved.value.proof;
}

test("[V8] what a passkey signed is checked by anybody, for its account, its question and its kind alone", async () => {
  const proof = await kept();
  const { publicKey } = JSON.parse(proof);
  expect(signerOf(proof, asked)).toEqual({ key: publicKey, origin: "https://studio.example" });
  for (const other of [{ account: eve }, { subject: digestOf("else") }, { kind: "wallet" }])
    expect(signerOf(proof, { ...asked, ...other })).toBeNull();
});

test("[V8] a passkey's proof names no credential; one that was kept with it is checked all the same", async () => {
  const proof = JSON.parse(await kept());
  expect(Object.keys(proof)).not.toContain("id");
  expect(signerOf(canonicalJson({ ...proof, id: "handle" }), asked)).not.toBeNull();
  expect(signerOf(canonicalJson({ ...proof, more: 1 }), asked)).toBeNull();
});

test("[V8] nothing in a passkey's proof can be another: name, account, question, nonce, address, key or what was signed", async () => {
  const proof = JSON.parse(await kept());
  const elsewhere = JSON.parse(await kept()); // of another device
  const bound = (change: object) => ({ bound: { ...proof.bound, ...change } });
  for (const change of [
    ...[{ rpId: "example" }, { rpId: "" }, bound({ nonce: "m" }), bound({ origin: "https://studio.example.evil" })],
    ...[{ publicKey: elsewhere.publicKey }, { signature: elsewhere.signature }, { authenticatorData: "AAAA" }],
    ...[{ clientDataJSON: "" }, { clientDataJSON: "_w" }, { publicKey: "" }, { signature: "not base64url" }],
  ])
    expect(signerOf(canonicalJson({ ...proof, ...change }), asked)).toBeNull();
});

type Kind = { name: string; make(): { key: KeyObject; cose: Buffer } };
const cose = (head: string, ...parts: [string, Buffer][]) =>
  Buffer.concat([Buffer.from(head, "hex"), ...parts.flatMap(([before, bytes]) => [Buffer.from(before, "hex"), bytes])]);
const fieldOf = (key: KeyObject, name: "x" | "y" | "n" | "e") =>
  Buffer.from(key.export({ format: "jwk" })[name] ?? "", "base64url");

/** The three kinds that authenticators make for this studio, with their keys as RFC 9053 writes them. */
const kinds: Kind[] = [
  {
    name: "ES256",
    make() {
      const { privateKey: key, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const [x, y] = [fieldOf(publicKey, "x"), fieldOf(publicKey, "y")];
      return { key, cose: cose("a50102032620012158", ["20", x], ["225820", y]) };
    },
  },
  {
    name: "EdDSA",
    make() {
      const { privateKey: key, publicKey } = generateKeyPairSync("ed25519");
      return { key, cose: cose("a40101032720062158", ["20", fieldOf(publicKey, "x")]) };
    },
  },
  {
    name: "RS256",
    make() {
      const { privateKey: key, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const [n, e] = [fieldOf(publicKey, "n"), fieldOf(publicKey, "e")];
      return { key, cose: cose("a4010303390100205901", ["00", n], ["2143", e]) };
    },
  },
];

type Said = { flags?: number; origin?: string; type?: string };

function signedBy(
  { key, cose: publicKey }: ReturnType<Kind["make"]>,
  { flags = 5, origin = "http://localhost:4600", type = "webauthn.get" }: Said = {},
): PasskeySigned {
  const challenge = digestOf("challenge");
  const client = Buffer.from(
    JSON.stringify({
      ...{ type, origin, crossOrigin: false },
      challenge: Buffer.from(challenge, "hex").toString("base64url"),
    }),
  );
  const data = Buffer.concat([createHash("sha256").update("localhost").digest(), Buffer.from([flags, 0, 0, 0, 1])]);
  const message = Buffer.concat([data, createHash("sha256").update(client).digest()]);
  const signature =
    key.asymmetricKeyType === "ed25519" ? sign(null, message, key) : createSign("sha256").update(message).sign(key);
  return {
    ...{ challenge, rpId: "localhost", origin, publicKey: publicKey.toString("base64url") },
    ...{ authenticatorData: data.toString("base64url"), clientDataJSON: client.toString("base64url") },
    signature: signature.toString("base64url"),
  };
}

test.each(kinds)("[V8] what a $name passkey signed is checked, and no byte of it can be another", ({ make }) => {
  const made = make();
  const signed = signedBy(made);
  expect(isSignedByPasskey(signed)).toBe(true);
  for (const field of ["signature", "authenticatorData", "clientDataJSON", "publicKey"] as const) {
    const bytes = Buffer.from(signed[field], "base64url");
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 12)) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(isSignedByPasskey({ ...signed, [field]: changed.toString("base64url") })).toBe(false);
    }
    const cut = bytes.subarray(0, -1).toString("base64url");
    expect(isSignedByPasskey({ ...signed, [field]: cut })).toBe(false);
    expect(isSignedByPasskey({ ...signed, [field]: `${signed[field]}AAAA` })).toBe(false);
  }
  expect(isSignedByPasskey({ ...signed, challenge: digestOf("other") })).toBe(false);
  expect(isSignedByPasskey({ ...signed, origin: "http://localhost:4601" })).toBe(false);
  expect(isSignedByPasskey(signedBy(make()))).toBe(true);
  for (const flags of [1, 4, 0]) expect(isSignedByPasskey(signedBy(made, { flags }))).toBe(false);
  for (const origin of ["http://localhost.evil", "http://evillocalhost", "http://localhost@evil", "https://evil"])
    expect(isSignedByPasskey(signedBy(made, { origin }))).toBe(false);
  expect(isSignedByPasskey(signedBy(made, { origin: "https://sub.localhost:1" }))).toBe(true);
  expect(isSignedByPasskey(signedBy(made, { type: "webauthn.create" }))).toBe(false);
});

/** What stands before a digest of SHA-256 (RFC 8017, 9.2). */
const DIGEST_INFO = "3031300d060960864801650304020105000420";

test("[V8] an RSA signature whose padding is anything else signs nothing", () => {
  const made = kinds[2]?.make();
  if (!made) throw new Error("no RSA");
  const signed = signedBy(made);
  const bytes = (text: string) => Buffer.from(text, "base64url");
  const message = Buffer.concat([
    bytes(signed.authenticatorData),
    createHash("sha256").update(bytes(signed.clientDataJSON)).digest(),
  ]);
  for (const options of [{ hash: "sha1" }, { hash: "sha512" }]) {
    const signature = createSign(options.hash).update(message).sign(made.key).toString("base64url");
    expect(isSignedByPasskey({ ...signed, signature })).toBe(false);
  }
  // What the key makes of blocks that end in the digest: only the one that is padded as it has to be counts.
  const told = Buffer.concat([Buffer.from(DIGEST_INFO, "hex"), createHash("sha256").update(message).digest()]);
  const block = (head: number[], pad: number) =>
    Buffer.concat([Buffer.from(head), Buffer.alloc(256 - 3 - told.length, pad), Buffer.from([0]), told]);
  const fits = (padded: Buffer) => {
    const opened = privateEncrypt({ key: made.key, padding: constants.RSA_NO_PADDING }, padded);
    return isSignedByPasskey({ ...signed, signature: opened.toString("base64url") });
  };
  expect(fits(block([0, 1], 0xff))).toBe(true);
  for (const padded of [block([0, 2], 0xff), block([0, 0], 0xff), block([0, 1], 0xfe), block([0, 1], 0)])
    expect(fits(padded)).toBe(false);
});
