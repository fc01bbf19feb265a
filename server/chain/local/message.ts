import {
  type Address,
  type CompiledTransactionMessage,
  type CompiledTransactionMessageWithLifetime,
  getBase58Decoder,
  getCompiledTransactionMessageDecoder,
  getTransactionDecoder,
  type Transaction,
} from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";

const base58 = getBase58Decoder();
const NO_SIGNATURE = new Uint8Array(64);

/** What fits into one packet, by version (SIMD-0296 gives version 1 its 4,096 bytes). */
const MOST_BYTES = { legacy: 1232, 0: 1232, 1: 4096 } as const;

export type Lookup = {
  readonly table: Address;
  readonly writable: readonly number[];
  readonly readonly: readonly number[];
};

/** An instruction by the places of its accounts. */
export type Placed = { readonly program: number; readonly accounts: readonly number[]; readonly data: Uint8Array };

/** A transaction as it was sent, taken apart. */
export type Parcel = {
  readonly wire: Uint8Array;
  readonly transaction: Transaction;
  readonly version: "legacy" | 0 | 1;
  /** Base58, in the order of the signers; the first names the transaction. */
  readonly signatures: readonly string[];
  readonly signature: string;
  readonly whole: boolean;
  readonly blockhash: string;
  readonly header: { readonly signers: number; readonly readonlySigners: number; readonly readonlyOthers: number };
  readonly accounts: readonly Address[];
  readonly instructions: readonly Placed[];
  readonly lookups: readonly Lookup[];
};

/** Takes a transaction apart. Errors: a sentence that says what about the bytes is wrong. */
export function readParcel(wire: Uint8Array): Result<Parcel, string> {
  try {
    const transaction = getTransactionDecoder().decode(wire);
    const message = getCompiledTransactionMessageDecoder().decode(transaction.messageBytes);
    if (!("lifetimeToken" in message)) return err("the transaction names no blockhash");
    const most = MOST_BYTES[message.version];
    if (wire.length > most)
      return err(`the transaction is too large: ${wire.length} bytes (max: ${most} for its version)`);
    return ok(parcelOf(wire, transaction, message));
  } catch (problem) {
    return err(`the bytes are no transaction: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
}

function parcelOf(
  wire: Uint8Array,
  transaction: Transaction,
  message: CompiledTransactionMessage & CompiledTransactionMessageWithLifetime,
): Parcel {
  const signed = Object.values(transaction.signatures);
  const signatures = signed.map((signature) => base58.decode(signature ?? NO_SIGNATURE));
  const { numSignerAccounts, numReadonlySignerAccounts, numReadonlyNonSignerAccounts } = message.header;
  return {
    wire,
    transaction,
    version: message.version,
    signatures,
    signature: signatures[0] ?? "",
    whole: signed.every((signature) => signature !== null),
    blockhash: message.lifetimeToken,
    header: {
      signers: numSignerAccounts,
      readonlySigners: numReadonlySignerAccounts,
      readonlyOthers: numReadonlyNonSignerAccounts,
    },
    accounts: message.staticAccounts,
    instructions: placedIn(message),
    lookups: lookupsIn(message),
  };
}

function placedIn(message: CompiledTransactionMessage): Placed[] {
  if (message.version !== 1)
    return message.instructions.map(({ programAddressIndex, accountIndices, data }) => ({
      program: programAddressIndex,
      accounts: accountIndices ?? [],
      data: Uint8Array.from(data ?? []),
    }));
  return message.instructionHeaders.map(({ programAccountIndex }, place) => {
    const payload = message.instructionPayloads[place];
    return {
      program: programAccountIndex,
      accounts: payload?.instructionAccountIndices ?? [],
      data: Uint8Array.from(payload?.instructionData ?? []),
    };
  });
}

const lookupsIn = (message: CompiledTransactionMessage): Lookup[] =>
  message.version !== 0
    ? []
    : (message.addressTableLookups ?? []).map(({ lookupTableAddress, writableIndexes, readonlyIndexes }) => ({
        table: lookupTableAddress,
        writable: writableIndexes,
        readonly: readonlyIndexes,
      }));

/** Whether the message itself asks to write to the account at this place; those from tables are told apart by the caller. */
export function asksToWrite({ header, accounts }: Parcel, place: number): boolean {
  if (place < header.signers) return place < header.signers - header.readonlySigners;
  return place < accounts.length - header.readonlyOthers;
}
