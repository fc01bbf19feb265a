import type { Result } from "../basics/result";

/** How long a signature can land: until the chain is past this height. Units: blocks. */
export type Lifetime = { blockhash: string; lastValidBlockHeight: bigint };

/**
 * What the chain says of one signature. `nothing` is what its finalized history does not have, together with the height
 * that history had reached before it was asked: past the last valid one, the signature can never land any more.
 */
export type Sighting =
  | { seen: "landed"; slot: bigint; failed: string | null; final: boolean }
  | { seen: "on_its_way" }
  | { seen: "nothing"; finalizedHeight: bigint };

/** Nobody answered, or those that were asked contradict each other. It says nothing of what became of a transaction. */
export type ChainUnknown = { code: "outcome_unknown"; reason: string };

/** What a transaction would do if it were sent now. Units: compute units; lamports that its fee payer would lose. */
export type Rehearsal = { computeUnits: number; log: readonly string[] };
export type RehearsalError = ChainUnknown | { code: "transaction_refused"; reason: string };

/** An account as it stands at the commitment that the studio works with. */
export type ChainAccount = { owner: string; lamports: bigint; data: Uint8Array };

export type ChainAccounts = { slot: bigint; accounts: readonly (ChainAccount | null)[] };

/**
 * A chain, as whoever brings transactions to it sees it. Nothing here signs. Bytes are whole signed transactions in
 * base64; sending the same ones again is the same transaction.
 */
export type ChainPort = {
  lifetime(): Promise<Result<Lifetime, ChainUnknown>>;
  rehearse(transaction: string): Promise<Result<Rehearsal, RehearsalError>>;
  /** Done says that somebody took it, and nothing of whether it lands. */
  send(transaction: string): Promise<Result<null, ChainUnknown>>;
  look(signature: string): Promise<Result<Sighting, ChainUnknown>>;
  account(address: string): Promise<Result<ChainAccount | null, ChainUnknown>>;
  /** Several at once, as they stood together at one slot. */
  accounts(addresses: readonly string[]): Promise<Result<ChainAccounts, ChainUnknown>>;
  /** What an account of so many bytes has to hold, and what a message (base64) costs. Units: lamports. */
  rentOf(bytes: number): Promise<Result<bigint, ChainUnknown>>;
  feeOf(message: string): Promise<Result<bigint, ChainUnknown>>;
  /** What others pay now to be taken sooner. Units: millionths of a lamport for a compute unit. */
  priority(writable: readonly string[]): Promise<Result<bigint, ChainUnknown>>;
};
