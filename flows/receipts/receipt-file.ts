import type { SignedKind } from "../basics/evidence-kinds";
import type { AccountId, Digest, RunId, StepId } from "../basics/ids";
import type { Plan } from "../plan/plan";
import type { SealedReceipt } from "./chain";
import type { SealedSettlement } from "./settlement-shape";

/** All that is needed to verify a run without asking anybody: what was agreed to, what was done, and the public keys. */
export type ReceiptFile = {
  version: 1;
  run: RunId;
  plan: Plan;
  receipts: readonly SealedReceipt[];
  /** Ed25519 public keys in hex, by key id. */
  keys: Readonly<Record<string, string>>;
  /** Of a run on escrow, once the chain has its settlement. */
  settlement?: SealedSettlement | undefined;
  /** What people signed for a yes, as it is kept, byte for byte: a vote names the digest of its own. Anybody may leave them out. */
  proofs?: readonly string[] | undefined;
};

/**
 * An answer that is said to have been signed. `checked`: the file shows what was signed, and it is a yes to exactly that question, by a
 * `key` that is `called` so in short, at an address of the studio;
 * `claimed`: the file does not show it; `unfit`: what it shows is something else, which makes the file false.
 */
export type SignedYes = { by: AccountId; of?: AccountId; step: StepId; kind: SignedKind } & (
  | { shown: "checked"; key: string; called: string; origin: string }
  | { shown: "claimed" | "unfit" }
);

/** What verifying came to. Each line is a sentence; `failed` is empty exactly when everything that was tried held. */
export type Verdict = {
  receipts: number;
  verified: number;
  proved: readonly string[];
  failed: readonly string[];
  notProved: readonly string[];
  signed: readonly SignedYes[];
  root: Digest | null;
};
