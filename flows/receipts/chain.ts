import type { Digest, RunId } from "../basics/ids";
import type { Money } from "../basics/money";
import { sha256Hex } from "../plan/digest";
import { toStored } from "../plan/stored";
import type { Outcome, Receipt, RunState } from "../run/state";
import type { SigningKey } from "./keys";
import { merkleRoot } from "./merkle";

/**
 * What a receipt says. Each names the hash of the one before it; the closing one names the root over all of them, and above
 * what amount this run took something fresh for a yes: null where none was set, absent in receipts from before it was said.
 */
export type ReceiptBody = { version: 1; run: RunId; plan: Digest; place: number; previous: Digest | null } & (
  | { kind: "step"; step: Receipt }
  | ({ kind: "closing"; root: Digest; outcome: Outcome; freshAbove?: Money | null | undefined } & Pick<
      RunState,
      "payer" | "budget" | "spent"
    >)
);

/** A receipt as it is kept and handed out. `body` is canonical JSON, `hash` its SHA-256, and the hash is signed. */
export type SealedReceipt = { place: number; body: string; hash: Digest; signature: string; keyId: string };

/**
 * The receipts of one run so far, as hashes from the newest back. It is enough to seal the next one, and a longer chain
 * shares all of the shorter, so that the last receipt of a long run costs what the first did.
 */
export type Chain = { run: RunId; plan: Digest; length: number; newest: Hashed | null };
type Hashed = { hash: Digest; before: Hashed | null };

/** The chain of these receipts, given as hashes in their order. */
export function chainOf({ run, plan }: Pick<Chain, "run" | "plan">, hashes: readonly Digest[] = []): Chain {
  const newest = hashes.reduce<Hashed | null>((before, hash) => ({ hash, before }), null);
  return { run, plan, length: hashes.length, newest };
}

export function sealStep(chain: Chain, step: Receipt, key: SigningKey): SealedReceipt {
  return seal({ ...linkOf(chain), kind: "step", step }, key);
}

/** Seals the end of a run. Errors: TypeError when the run has not ended, which is a bug in the caller. */
export function sealClosing(chain: Chain, state: RunState, key: SigningKey): SealedReceipt {
  const { ending: outcome, payer, budget, spent, freshAbove = null } = state;
  if (!outcome) throw new TypeError(`run ${state.run} has not ended`);
  const root = merkleRoot(hashesOf(chain));
  return seal({ ...linkOf(chain), kind: "closing", outcome, payer, budget, spent, root, freshAbove }, key);
}

export function extended(chain: Chain, receipt: SealedReceipt): Chain {
  const { run, plan, length, newest } = chain;
  return { run, plan, length: length + 1, newest: { hash: receipt.hash, before: newest } };
}

function linkOf({ run, plan, length, newest }: Chain) {
  return { version: 1, run, plan, place: length, previous: newest?.hash ?? null } as const;
}

function hashesOf({ newest }: Chain): Digest[] {
  const hashes: Digest[] = [];
  for (let each = newest; each; each = each.before) hashes.push(each.hash);
  return hashes.reverse();
}

function seal(body: ReceiptBody, key: SigningKey): SealedReceipt {
  const text = toStored(body);
  const hash = sha256Hex(text);
  return { place: body.place, body: text, hash, signature: key.sign(hash), keyId: key.id };
}
