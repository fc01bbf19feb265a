import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import type { KeptPasskey, PasskeyKeys, ProofChallenges } from "@/flows/ports/evidence";
import { readCoseKey } from "@/flows/receipts/cose-key";
import type { RelyingParty } from "./relying-party";

export type PasskeyOffer = { nonce: string; options: PublicKeyCredentialCreationOptionsJSON };
export type MadePasskey = { nonce: string; response: RegistrationResponseJSON };
/** `passkeys_absent`: no browser makes one for the address that this studio is at. */
export type RegistrarError =
  | { code: "passkeys_absent" }
  | { code: "challenge_expired" }
  | { code: "signature_invalid"; problem: string };
export type PasskeyRegistrar = {
  /** Where passkeys of this studio work; null where they do not. */
  origin: string | null;
  offer(who: { account: AccountId; name: string }): Promise<Result<PasskeyOffer, RegistrarError>>;
  take(account: AccountId, made: MadePasskey): Promise<Result<KeptPasskey, RegistrarError>>;
};

type Needs = { challenges: ProofChallenges; keys: PasskeyKeys; party: RelyingParty | null; fresh(): string };

/** Makes passkeys of accounts: for the studio's own name alone, and only by authenticators that verify their user. */
export function passkeyRegistrar({ challenges, keys, party, fresh }: Needs): PasskeyRegistrar {
  const subjectOf = (account: AccountId, nonce: string) => digestOf({ makes: "passkey", account, nonce });
  return {
    origin: party?.origin ?? null,
    async offer({ account, name }) {
      if (!party) return err({ code: "passkeys_absent" });
      const nonce = fresh();
      const subject = subjectOf(account, nonce);
      await challenges.issue(nonce, { kind: "passkey", account, subject });
      const known = await keys.of(account);
      const options = await (await library()).generateRegistrationOptions({
        ...{ rpName: "Agent Labs Studio", rpID: party.id, userName: name, userDisplayName: name },
        userID: Uint8Array.from(Buffer.from(account, "utf8")),
        challenge: Uint8Array.from(Buffer.from(subject, "hex")),
        attestationType: "none",
        excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
        authenticatorSelection: { userVerification: "required", residentKey: "preferred" },
        supportedAlgorithmIDs: CHECKABLE,
      });
      return ok({ nonce, options });
    },
    async take(account, { nonce, response }) {
      if (!party) return err({ code: "passkeys_absent" });
      const challenge = await challenges.take(nonce);
      const subject = subjectOf(account, nonce);
      if (challenge?.account !== account || challenge.subject !== subject) return err({ code: "challenge_expired" });
      const made = await verified({ party, response, challenge: Buffer.from(subject, "hex").toString("base64url") });
      if (!made) return err({ code: "signature_invalid", problem: UNFIT });
      if (!readCoseKey(made.publicKey)) return err({ code: "signature_invalid", problem: UNREADABLE });
      return ok({ ...made, account });
    },
  };
}

type Made = { party: RelyingParty; response: RegistrationResponseJSON; challenge: string };

async function verified({ party, response, challenge }: Made): Promise<Omit<KeptPasskey, "account"> | null> {
  try {
    const { verified: isFit, registrationInfo } = await (await library()).verifyRegistrationResponse({
      ...{ response, expectedChallenge: challenge, expectedOrigin: party.origin, expectedRPID: party.id },
      requireUserVerification: true,
      supportedAlgorithmIDs: CHECKABLE,
    });
    if (!isFit) return null;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    return { id, publicKey, counter, transports };
  } catch (thrown) {
    if (thrown instanceof Error) return null; // it says by throwing what does not hold
    throw thrown;
  }
}

/**
 * EdDSA, ES256 and RS256, by their COSE numbers, best first: what `readCoseKey` reads. The library's own list has more, and a
 * yes by a key of those nobody could check.
 */
const CHECKABLE = [-8, -7, -257];

const UNFIT = "This is no passkey that was made for this studio just now, with its user verified.";
const UNREADABLE =
  "The key of this passkey is of a kind that a receipt cannot be checked with. Make one on another device or in another browser.";

/** Comes when somebody first has a passkey: few do. */
const library = () => import("@simplewebauthn/server");
