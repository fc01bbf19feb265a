import type { EvidenceKind } from "../basics/evidence-kinds";
import type { AccountId, Digest } from "../basics/ids";
import type { Result } from "../basics/result";
import type { QuestionBody } from "./approvals";

/** Whose yes it is, and to exactly what: with their edits, where they made any. */
export type EvidenceAsk = { account: AccountId; about: QuestionBody };

/** `evidence_missing`: they have nothing of this kind to sign with. */
export type EvidenceError =
  | { code: "challenge_expired" }
  | { code: "signature_invalid"; problem: string }
  | { code: "evidence_missing"; kind: EvidenceKind };

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

export type ProofChallenges = {
  issue(
    nonce: string,
    challenge: Pick<ProofChallenge, "kind" | "account" | "subject">,
  ): Promise<Pick<ProofChallenge, "issuedAtMs" | "expiresAtMs">>;
  /** The challenge, once and before it expires; null from then on. */
  take(nonce: string): Promise<ProofChallenge | null>;
};
