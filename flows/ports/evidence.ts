import type { EvidenceKind } from "../basics/evidence-kinds";
import type { AccountId, Digest } from "../basics/ids";
import type { Result } from "../basics/result";
import type { QuestionBody } from "./approvals";

/** Whose yes it is, and to exactly what: all of `about` is in its digest, and these are what words are made of. */
export type EvidenceAsk = {
  account: AccountId;
  about: Pick<QuestionBody, "question" | "unlocks" | "run" | "operation">;
};

/**
 * `evidence_missing`: they have nothing of this kind to sign with. `means_too_new`: what they have counts only from then on,
 * in milliseconds since the epoch.
 */
export type EvidenceError =
  | { code: "challenge_expired" }
  | { code: "signature_invalid"; problem: string }
  | { code: "evidence_missing"; kind: EvidenceKind }
  | { code: "means_too_new"; kind: EvidenceKind; countsFromMs: number };

/** What shows it, as canonical JSON that is kept with the vote, byte for byte. */
export type Proved = { kind: EvidenceKind; proof: string };

/**
 * One way to show that a person says yes to exactly this. `ask` makes what they sign, good once, for five minutes, for this
 * person and this very question; `prove` hears what they signed, once, whatever comes of it. [P12] [P13]
 */
export type EvidencePort<Words, Signed> = {
  ask(ask: EvidenceAsk): Promise<Result<Words, EvidenceError>>;
  prove(ask: EvidenceAsk, signed: Signed): Promise<Result<Proved, EvidenceError>>;
};

/** What waits to be signed: by whom, and about which digest. Times are the store's own, in milliseconds since the epoch. */
export type ProofChallenge = {
  kind: EvidenceKind;
  account: AccountId;
  subject: Digest;
  issuedAtMs: number;
  expiresAtMs: number;
};

/** `waitsUntilMs`: until then it signs nothing, by the store's own time; null once it does. */
export type Waiting = { waitsUntilMs: number | null };

/** A passkey of an account. `counter` is how often it says that it was used, 0 for one that does not count. */
export type KeptPasskey = {
  id: string;
  account: AccountId;
  publicKey: Uint8Array;
  counter: number;
  transports: readonly string[];
};

export type PasskeyKeys = {
  of(account: AccountId): Promise<readonly (KeptPasskey & Waiting)[]>;
  /** Moves its counter on from where it was; false when it goes backwards, or somebody moved it meanwhile. */
  used(id: string, from: number, to: number): Promise<boolean>;
};

export type ProofChallenges = {
  issue(
    nonce: string,
    challenge: Pick<ProofChallenge, "kind" | "account" | "subject">,
  ): Promise<Pick<ProofChallenge, "issuedAtMs" | "expiresAtMs">>;
  /** The challenge, once and before it expires; null from then on. */
  take(nonce: string): Promise<ProofChallenge | null>;
};
