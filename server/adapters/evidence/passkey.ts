import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { AccountId, Digest } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { digestOf } from "@/flows/plan/digest";
import type {
  EvidenceError,
  EvidencePort,
  KeptPasskey,
  PasskeyKeys,
  ProofChallenges,
  Waiting,
} from "@/flows/ports/evidence";
import type { RelyingParty } from "./relying-party";

export type PasskeyWords = { nonce: string; options: PublicKeyCredentialRequestOptionsJSON };
export type SignedByPasskey = { nonce: string; response: AuthenticationResponseJSON };

type Needs = { challenges: ProofChallenges; keys: PasskeyKeys; party: RelyingParty | null; fresh(): string };
/** All that the challenge is made of, in the order of canonical JSON: it can be worked out again from what is kept. */
type Bound = { account: AccountId; nonce: string; origin: string; subject: Digest };

const TIMEOUT_MS = 300_000;

/**
 * A yes by WebAuthn: the challenge is a digest over the digest of what is agreed to, the account, the studio and a nonce, so
 * what an authenticator signs shows this yes and no other. It has to have verified its user.
 */
export function passkeyEvidence({
  challenges,
  keys,
  party,
  fresh,
}: Needs): EvidencePort<PasskeyWords, SignedByPasskey> {
  return {
    async ask({ account, about }) {
      const mine = signingNow(await keys.of(account));
      if (!mine.ok) return mine;
      if (!party) return err({ code: "evidence_missing", kind: "passkey" });
      const nonce = fresh();
      const subject = digestOf(about);
      await challenges.issue(nonce, { kind: "passkey", account, subject });
      const options = await (await library()).generateAuthenticationOptions({
        rpID: party.id,
        challenge: bytesOf(digestOf({ account, nonce, origin: party.origin, subject } satisfies Bound)),
        allowCredentials: mine.value.map(({ id, transports }) => ({ id, transports: [...transports] })),
        userVerification: "required",
        timeout: TIMEOUT_MS,
      });
      return ok({ nonce, options });
    },
    async prove({ account, about }, { nonce, response }) {
      const challenge = await challenges.take(nonce);
      if (challenge?.kind !== "passkey" || challenge.account !== account) return err({ code: "challenge_expired" });
      const subject = digestOf(about);
      if (challenge.subject !== subject) return err({ code: "signature_invalid", problem: OTHER_QUESTION });
      const mine = await keys.of(account);
      if (!party || mine.length === 0) return err({ code: "evidence_missing", kind: "passkey" });
      const key = mine.find(({ id }) => id === response.id);
      if (!key) return err({ code: "signature_invalid", problem: OTHER_KEY });
      const signs = signingNow([key]);
      if (!signs.ok) return signs;
      const bound: Bound = { account, nonce, origin: party.origin, subject };
      const counter = await countOf({ key, party, bound, response });
      if (counter === null || !(await keys.used(key.id, key.counter, counter)))
        return err({ code: "signature_invalid", problem: UNSIGNED });
      return ok({ kind: "passkey", proof: proofOf({ key, party, bound, response }) });
    },
  };
}

/** Those that count by now; where none does yet, from when the first of them will. */
function signingNow<Key extends Waiting>(keys: readonly Key[]): Result<readonly Key[], EvidenceError> {
  const counting = keys.filter(({ waitsUntilMs }) => waitsUntilMs === null);
  const waits = keys.flatMap(({ waitsUntilMs }) => waitsUntilMs ?? []);
  if (counting.length > 0) return ok(counting);
  if (waits.length === 0) return err({ code: "evidence_missing", kind: "passkey" });
  return err({ code: "means_too_new", kind: "passkey", countsFromMs: Math.min(...waits) });
}

type Heard = { key: KeptPasskey; party: RelyingParty; bound: Bound; response: AuthenticationResponseJSON };

/** How far the authenticator has counted; null when this shows nothing. */
async function countOf({ key, party, bound, response }: Heard): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await (await library()).verifyAuthenticationResponse({
      response,
      expectedChallenge: Buffer.from(bytesOf(digestOf(bound))).toString("base64url"),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id: key.id, publicKey: Uint8Array.from(key.publicKey), counter: key.counter },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch (thrown) {
    if (thrown instanceof Error) return null; // it says by throwing what does not hold: origin, user, counter, form
    throw thrown;
  }
}

/**
 * The public key goes along: the proof outlives the passkey in the settings. The id of the credential does not: nothing is
 * checked by it, and the proof is handed around in receipt files.
 */
function proofOf({ key, party, bound, response: { response } }: Heard): string {
  const { authenticatorData, clientDataJSON, signature } = response;
  const publicKey = Buffer.from(key.publicKey).toString("base64url");
  const signed = { authenticatorData, clientDataJSON, signature };
  return canonicalJson({ kind: "passkey", publicKey, rpId: party.id, bound, ...signed });
}

const bytesOf = (digest: Digest): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(digest, "hex"));

const OTHER_QUESTION = "This was signed for another approval than the one that is answered.";
const OTHER_KEY = "The passkey that signed is none of your account's.";
const UNSIGNED = "This is not what the passkey was asked to sign, for this studio, with its user verified.";

/** Comes when somebody first has a passkey: few do. */
const library = () => import("@simplewebauthn/server");
