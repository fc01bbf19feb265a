import type { Address } from "@solana/kit";
import { key } from "@/programs/clients/packing";

// Mints and accounts of the token programs, byte by byte: so that a test can put on the chain what could only be reached by many steps.

const MINT_SIZE = 82;
const ACCOUNT_SIZE = 165;

/** Extensions of Token-2022 by their numbers (spl-token-2022, extension/mod.rs). */
export const EXTENSIONS = {
  transfer_fee: { kind: 1, size: 108 },
  close_authority: { kind: 3, size: 32 },
  confidential: { kind: 4, size: 65 },
  default_frozen: { kind: 6, size: 1, fill: 2 },
  default_open: { kind: 6, size: 1, fill: 1 },
  permanent_delegate: { kind: 12, size: 32 },
  hook: { kind: 14, size: 64 },
  confidential_fee: { kind: 16, size: 129 },
  metadata_pointer: { kind: 18, size: 64 },
  confidential_mint_burn: { kind: 24, size: 196 },
  pausable: { kind: 26, size: 33 },
  unheard_of: { kind: 999, size: 4 },
} as const satisfies Record<string, { kind: number; size: number; fill?: number }>;

export type MintKind = "plain" | "uninitialized" | "malformed" | keyof typeof EXTENSIONS;

export function mintBytes(kind: MintKind): Uint8Array {
  const base = new Uint8Array(MINT_SIZE);
  new DataView(base.buffer).setBigUint64(36, 1_000_000_000_000n, true);
  base[44] = 6;
  base[45] = kind === "uninitialized" ? 0 : 1;
  if (kind === "plain" || kind === "uninitialized") return base;
  if (kind === "malformed") return new Uint8Array(40);
  return extended(base, 1, EXTENSIONS[kind]);
}

type TokenAccount = {
  readonly mint: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly state?: "open" | "frozen";
  /** Whether transfers to it must come with a memo (Token-2022). */
  readonly asksForMemo?: boolean;
};

export function tokenAccountBytes({
  mint,
  owner,
  amount,
  state = "open",
  asksForMemo = false,
}: TokenAccount): Uint8Array {
  const base = new Uint8Array(ACCOUNT_SIZE);
  base.set(key(mint), 0);
  base.set(key(owner), 32);
  new DataView(base.buffer).setBigUint64(64, amount, true);
  base[108] = state === "open" ? 1 : 2;
  return asksForMemo ? extended(base, 2, { kind: 8, size: 1, fill: 1 }) : base;
}

function extended(
  base: Uint8Array,
  of: 1 | 2,
  { kind, size, fill = 0 }: { kind: number; size: number; fill?: number },
) {
  const whole = new Uint8Array(ACCOUNT_SIZE + 1 + 4 + size).fill(0);
  whole.set(base);
  whole[ACCOUNT_SIZE] = of;
  const view = new DataView(whole.buffer);
  view.setUint16(ACCOUNT_SIZE + 1, kind, true);
  view.setUint16(ACCOUNT_SIZE + 3, size, true);
  whole.fill(fill, ACCOUNT_SIZE + 5);
  return whole;
}

export const tokenBalance = (bytes: Uint8Array | undefined): bigint =>
  bytes && bytes.length >= 72 ? new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(64, true) : 0n;
