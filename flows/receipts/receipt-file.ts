import type { Digest, RunId } from "../basics/ids";
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
};

/** What verifying came to. Each line is a sentence; `failed` is empty exactly when everything that was tried held. */
export type Verdict = {
  receipts: number;
  verified: number;
  proved: readonly string[];
  failed: readonly string[];
  notProved: readonly string[];
  root: Digest | null;
};
