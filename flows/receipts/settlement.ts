import type { AccountId, Digest, RunId } from "../basics/ids";
import type { Money } from "../basics/money";
import { digestOf, sha256Hex } from "../plan/digest";
import { toStored } from "../plan/stored";
import { isSignedBy, keyIdOf, type SigningKey } from "./keys";
import type { Claim, ClosingLink, StepLink } from "./links";
import { leavesUnder } from "./merkle";
import { parseStored } from "./parse-stored";
import type { ReceiptFile } from "./receipt-file";
import { type SealedSettlement, SettlementShape } from "./settlement-shape";

/** A transaction of the escrow, as anybody can look it up. Its signature is in base58. */
export type ChainTransaction = { does: "opened" | "settled" | "released" | "closed"; signature: string; slot: string };

/**
 * What the chain made of a run's receipts: the transaction that carried their root, and what each line of the escrow's
 * table earned by it. `chain` is every root of the escrow so far, each hashed onto those before.
 */
export type SettlementBody = {
  version: 1;
  kind: "settlement";
  run: RunId;
  plan: Digest;
  program: string;
  escrow: string;
  mint: string;
  root: Digest;
  chain: Digest;
  lines: readonly { account: string; payees: readonly AccountId[]; amount: Money }[];
  transactions: readonly ChainTransaction[];
};

export function sealSettlement(body: SettlementBody, key: SigningKey): SealedSettlement {
  const text = toStored(body);
  const hash = sha256Hex(text);
  return { body: text, hash, signature: key.sign(hash), keyId: key.id };
}

/** What a settlement says, from anywhere; null when it cannot be read. */
export function readSettlement(sealed: SealedSettlement): SettlementBody | null {
  const stored = parseStored(sealed.body);
  const read = stored.ok ? SettlementShape.safeParse(stored.value) : null;
  return read?.success ? read.data : null;
}

type Told = { steps: readonly StepLink[]; closing: ClosingLink["body"] | null };

/** What the statement of a settlement claims, held against the receipts. None without one. [V6] */
export function settlementClaims(file: ReceiptFile, { steps, closing }: Told): Claim[] {
  const sealed = file.settlement;
  if (!sealed) return [];
  const body = readSettlement(sealed);
  const publicKey = Object.hasOwn(file.keys, sealed.keyId) ? (file.keys[sealed.keyId] ?? "") : "";
  const isSealed =
    keyIdOf(publicKey) === sealed.keyId && sha256Hex(sealed.body) === sealed.hash && isSignedBy(sealed, publicKey);
  const root = body?.root ?? "";
  // A run that outlived settle-by was settled before its end, with the receipts that it had by then.
  const covered = leavesUnder(
    root,
    steps.map(({ sealed: { hash } }) => hash),
  );
  return [
    {
      holds: isSealed && body !== null && body.run === file.run && body.plan === digestOf(file.plan),
      proved: "The settlement is signed, was not changed since, and belongs to this run and its plan.",
      failed: "The settlement does not carry a valid signature of its own text, or belongs to another run.",
    },
    {
      holds: closing !== null && covered !== null && (covered < steps.length || closing.root === root),
      proved: `What was settled on chain is the root of ${covered === steps.length ? "these receipts" : `the first ${covered} of these receipts`}, ${root.slice(0, 6)}…${root.slice(-4)}.`,
      failed: "What was settled on chain is not the root of these receipts.",
    },
    {
      holds: body !== null && earnedAsPaid(body, steps),
      proved: "Each payee earned on chain what the receipts say, to the last unit.",
      failed: "On chain somebody earned something else than the receipts say.",
    },
  ];
}

function earnedAsPaid({ lines }: SettlementBody, steps: readonly StepLink[]): boolean {
  const paid = new Map<string, bigint>();
  for (const { body } of steps) {
    const { payee, paid: amount } = body.step;
    if (!amount) continue;
    if (amount.currency !== "usdc_base") return false;
    paid.set(payee ?? "", (paid.get(payee ?? "") ?? 0n) + amount.amount);
  }
  for (const { payees, amount } of lines) {
    const together = payees.reduce((sum, payee) => sum + (paid.get(payee) ?? 0n), 0n);
    if (amount.currency !== "usdc_base" || together !== amount.amount) return false;
    for (const payee of payees) paid.delete(payee);
  }
  return paid.size === 0; // nobody was left out
}
