import type { Address } from "@solana/kit";
import { unpacking } from "./packing";
import { toldBy } from "./program-log";

/** What the program wrote into the log of a transaction, in order. */
export type EscrowEvent =
  | { kind: "opened"; escrow: Address; payer: Address; planHash: Uint8Array; cap: bigint }
  | { kind: "topped_up"; escrow: Address; amount: bigint; cap: bigint }
  | { kind: "extended"; escrow: Address; settleBy: bigint; expiry: bigint }
  | { kind: "settled"; escrow: Address; sequence: bigint; earned: bigint; receiptRoot: Uint8Array; chain: Uint8Array }
  | { kind: "disputed"; escrow: Address; line: number; amount: bigint }
  | { kind: "resolved"; escrow: Address; line: number; toPayee: bigint; back: bigint }
  | { kind: "released"; escrow: Address; paid: bigint; fees: bigint }
  | { kind: "closed"; escrow: Address; returned: bigint }
  | { kind: "paused"; config: Address; at: bigint }
  | { kind: "unpaused"; config: Address; pausedTotal: bigint }
  | { kind: "configured"; config: Address; threshold: number };

type From = ReturnType<typeof unpacking>;

const READERS: readonly ((from: From) => EscrowEvent)[] = [
  (from) => ({ kind: "opened", escrow: from.key(), payer: from.key(), planHash: from.bytes(32), cap: from.amount() }),
  (from) => ({ kind: "topped_up", escrow: from.key(), amount: from.amount(), cap: from.amount() }),
  (from) => ({ kind: "extended", escrow: from.key(), settleBy: from.time(), expiry: from.time() }),
  (from) => ({
    kind: "settled",
    escrow: from.key(),
    sequence: from.amount(),
    earned: from.amount(),
    receiptRoot: from.bytes(32),
    chain: from.bytes(32),
  }),
  (from) => ({ kind: "disputed", escrow: from.key(), line: Number(from.amount()), amount: from.amount() }),
  (from) => ({
    kind: "resolved",
    escrow: from.key(),
    line: Number(from.amount()),
    toPayee: from.amount(),
    back: from.amount(),
  }),
  (from) => ({ kind: "released", escrow: from.key(), paid: from.amount(), fees: from.amount() }),
  (from) => ({ kind: "closed", escrow: from.key(), returned: from.amount() }),
  (from) => ({ kind: "paused", config: from.key(), at: from.time() }),
  (from) => ({ kind: "unpaused", config: from.key(), pausedTotal: from.time() }),
  (from) => ({ kind: "configured", config: from.key(), threshold: Number(from.amount()) }),
];

/** Reads the events of `program` from a log. What other programs wrote, also those that it called, is passed over. */
export function eventsOf(log: readonly string[], program: Address): EscrowEvent[] {
  return toldBy(log, program).flatMap((bytes) => {
    const reader = READERS[bytes[0] ?? READERS.length];
    return reader ? [reader(unpacking(bytes.subarray(1)))] : [];
  });
}
