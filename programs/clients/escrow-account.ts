import type { Address } from "@solana/kit";
import { unpacking } from "./packing";

const HEAD = 440;
const PAYEE = 96;
const TAG = 1;
const VERSION = 1;

/** How long after the expiry earnings wait for a payee whose account takes no tokens (programs/rules/src/escrow/account.rs). */
export const UNCLAIMED_SECONDS = 180n * 86_400n;

export type EscrowPayee = {
  readonly account: Address;
  readonly cap: bigint;
  readonly earned: bigint;
  readonly paid: bigint;
  readonly returned: bigint;
  readonly held: bigint;
  readonly heldUntil: bigint;
  readonly disputed: bigint;
  readonly decideBy: bigint;
};

export type EscrowAccount = {
  readonly feeBps: number;
  readonly state: "open" | "finished";
  readonly windowSeconds: number;
  readonly cap: bigint;
  readonly earned: bigint;
  readonly expiry: bigint;
  readonly settleBy: bigint;
  readonly pausedBefore: bigint;
  readonly openedAt: bigint;
  readonly sequence: bigint;
  readonly payer: Address;
  readonly refund: Address;
  readonly rentPayer: Address;
  readonly settler: Address;
  readonly arbiter: Address;
  readonly mint: Address;
  readonly vault: Address;
  readonly feeAccount: Address;
  readonly planHash: Uint8Array;
  readonly run: Uint8Array;
  readonly lastRoot: Uint8Array;
  /** Every receipt root so far, each hashed onto those before (SHA-256). */
  readonly chain: Uint8Array;
  readonly payees: readonly EscrowPayee[];
};

/** Reads the account of an escrow (programs/rules/src/escrow/account.rs); nothing, when the bytes are something else. */
export function readEscrow(bytes: Uint8Array): EscrowAccount | undefined {
  if (bytes.length < HEAD || bytes[0] !== TAG || bytes[1] !== VERSION) return undefined;
  const count = bytes[3] ?? 0;
  if (bytes.length !== HEAD + count * PAYEE) return undefined;
  const from = unpacking(bytes);
  from.skip(4);
  const feeBps = from.small(2);
  const state = from.small(1) === 0 ? "open" : "finished";
  from.skip(1);
  const windowSeconds = from.small(4);
  from.skip(4);
  return {
    feeBps,
    state,
    windowSeconds,
    cap: from.amount(),
    earned: from.amount(),
    expiry: from.time(),
    settleBy: from.time(),
    pausedBefore: from.time(),
    openedAt: from.time(),
    sequence: from.amount(),
    payer: from.key(),
    refund: from.key(),
    rentPayer: from.key(),
    settler: from.key(),
    arbiter: from.key(),
    mint: from.key(),
    vault: from.key(),
    feeAccount: from.key(),
    planHash: from.bytes(32),
    run: from.bytes(16),
    lastRoot: from.bytes(32),
    chain: from.bytes(32),
    payees: Array.from({ length: count }, () => readPayee(from)),
  };
}

const readPayee = (from: ReturnType<typeof unpacking>): EscrowPayee => ({
  account: from.key(),
  cap: from.amount(),
  earned: from.amount(),
  paid: from.amount(),
  returned: from.amount(),
  held: from.amount(),
  heldUntil: from.time(),
  disputed: from.amount(),
  decideBy: from.time(),
});

/** What can be released on a line at a time of the chain, by the program's own rule. */
export function payable(payee: EscrowPayee, now: bigint): bigint {
  const held = now < payee.heldUntil ? payee.held : 0n;
  const disputed = now < payee.decideBy ? payee.disputed : 0n;
  return payee.earned - payee.paid - payee.returned - held - disputed;
}
