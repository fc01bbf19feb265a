import type { Address } from "@solana/kit";
import { unpacking } from "./packing";

const SIZE = 536;
const TAG = 2;
const PLACES = 8;

export type EscrowConfig = {
  readonly threshold: number;
  readonly members: readonly Address[];
  readonly mints: readonly Address[];
  /** When the pause that holds now began. */
  readonly pausedAt: bigint | undefined;
  readonly pausedTotal: bigint;
};

/** Reads the program's configuration (programs/rules/src/escrow/config.rs); nothing, when the bytes are something else. */
export function readConfig(bytes: Uint8Array): EscrowConfig | undefined {
  if (bytes.length !== SIZE || bytes[0] !== TAG) return undefined;
  const from = unpacking(bytes);
  from.skip(3);
  const [threshold, members, mints] = [from.small(1), from.small(1), from.small(1)];
  from.skip(2);
  const pausedAt = from.time();
  const pausedTotal = from.time();
  const keys = Array.from({ length: 2 * PLACES }, () => from.key());
  return {
    threshold,
    members: keys.slice(0, members),
    mints: keys.slice(PLACES, PLACES + mints),
    pausedAt: pausedAt === 0n ? undefined : pausedAt,
    pausedTotal,
  };
}
