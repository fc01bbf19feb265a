import type { KeyPairSigner } from "@solana/kit";
import type { Pool } from "pg";
import type { AccountId } from "@/flows/basics/ids";
import type { ChainPort } from "@/flows/ports/chain";
import type { Version } from "./messages";
import type { Commitment } from "./rpc-chain";

/** Where escrows live and under which terms the operator opens them. Addresses are base58. */
export type EscrowSettings = {
  urls: readonly string[];
  commitment: Commitment;
  program: string;
  mint: string;
  /** Our own agents are paid to the one, and the fee goes to the other. */
  houseWallet: string;
  feeWallet: string;
  arbiter: string;
  feeBps: number;
  windowSeconds: number;
  version: Version;
  /** The most that is paid to be taken sooner. Units: millionths of a lamport for a compute unit. */
  priorityCeiling: bigint;
  /** The most that the sponsor may have out and spend within a day. Units: lamports. */
  sponsorDailyLamports: bigint;
  /** As much of it as one person can have it lend and spend. Units: lamports. */
  sponsorShareLamports: bigint;
};

/** Where an account is paid on chain; null when it has not said. */
export type PayoutWallet = (account: AccountId) => Promise<string | null>;

/** What the web process offers escrows with. */
export type DeskOptions = { pool: Pool; chain: ChainPort; settings: EscrowSettings; payoutWalletOf: PayoutWallet };

/** The keys that only a worker holds. */
export type Keys = { sponsor: KeyPairSigner; settler: KeyPairSigner };

/** What the worker carries intents with. */
export type Carrying = {
  pool: Pool;
  chain: ChainPort;
  settings: EscrowSettings;
  keys: Keys;
  log(level: "info" | "warn" | "error", event: string, about: Readonly<Record<string, unknown>>): void;
};

/** As many payees as an opening has room for, by version of the transaction. */
export const MOST_PAYEES: Record<Version, number> = { 0: 12, 1: 32 };
