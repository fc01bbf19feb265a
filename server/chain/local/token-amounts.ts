import { type Address, getAddressDecoder, type ReadonlyUint8Array } from "@solana/kit";
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from "@/programs/clients/escrow-addresses";

const ACCOUNT_BYTES = 165;
const MINT_BYTES = 82;
const KIND_AT = 165;
const keys = getAddressDecoder();

export const TOKEN_PROGRAMS: readonly Address[] = [TOKEN_PROGRAM, TOKEN_2022_PROGRAM];

export type Holding = {
  readonly mint: Address;
  readonly owner: Address;
  readonly amount: bigint;
  readonly delegate: Address | undefined;
  readonly delegated: bigint;
  readonly state: "uninitialized" | "initialized" | "frozen";
  readonly native: boolean;
  readonly closeAuthority: Address | undefined;
};

export type Mint = {
  readonly supply: bigint;
  readonly decimals: number;
  readonly mintAuthority: Address | undefined;
  readonly freezeAuthority: Address | undefined;
};

type Account = { readonly programAddress: Address; readonly data: ReadonlyUint8Array };

const viewOf = (data: ReadonlyUint8Array) => new DataView(data.buffer, data.byteOffset, data.byteLength);
const maybeKey = (data: ReadonlyUint8Array, at: number): Address | undefined =>
  viewOf(data).getUint32(at, true) === 1 ? keys.decode(data, at + 4) : undefined;
/** With extensions the byte behind the account says which of the two it is. */
const isKind = (data: ReadonlyUint8Array, bytes: number, kind: number) =>
  data.length === bytes || (data.length > KIND_AT && data[KIND_AT] === kind);

/** What a token account holds (spl-token's `Account`); nothing, when it is none. */
export function readHolding({ programAddress, data }: Account): Holding | undefined {
  if (!TOKEN_PROGRAMS.includes(programAddress) || !isKind(data, ACCOUNT_BYTES, 2)) return undefined;
  const state = (["uninitialized", "initialized", "frozen"] as const)[data[108] ?? 0];
  if (!state || state === "uninitialized") return undefined;
  const view = viewOf(data);
  return {
    mint: keys.decode(data, 0),
    owner: keys.decode(data, 32),
    amount: view.getBigUint64(64, true),
    delegate: maybeKey(data, 72),
    state,
    native: view.getUint32(109, true) === 1,
    delegated: view.getBigUint64(121, true),
    closeAuthority: maybeKey(data, 129),
  };
}

/** What a mint says (spl-token's `Mint`); nothing, when it is none. */
export function readMint({ programAddress, data }: Account): Mint | undefined {
  if (!TOKEN_PROGRAMS.includes(programAddress) || !isKind(data, MINT_BYTES, 1) || data[45] !== 1) return undefined;
  const view = viewOf(data);
  return {
    mintAuthority: maybeKey(data, 0),
    supply: view.getBigUint64(36, true),
    decimals: data[44] ?? 0,
    freezeAuthority: maybeKey(data, 46),
  };
}

/** An amount as Solana's servers write it: exactly, and as a number for those who look. */
export function uiAmount(amount: bigint, decimals: number) {
  const digits = amount.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const part = digits.slice(digits.length - decimals).replace(/0+$/, "");
  const text = part === "" ? whole : `${whole}.${part}`;
  return { amount: amount.toString(), decimals, uiAmount: Number(text), uiAmountString: text };
}
