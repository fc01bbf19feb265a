import { ok, type Result } from "@/flows/basics/result";
import type { ChainPort, ChainUnknown } from "@/flows/ports/chain";
import type { NetworkBound } from "@/flows/ports/escrows";
import { messageOf, REHEARSED_UNITS, roomFor } from "./messages";

/** Settling, disputing, releasing after a window and releasing what was disputed: what a run comes to after its opening. */
const LATER = 4n;
const ESCROW_BYTES = { head: 440, payee: 96, vault: 165 };
const MICROLAMPORTS = 1_000_000n;

/** Of one signature, and every transaction of ours has two. Units: lamports. Source: solana.com/docs/core/fees (read 2026-11-22). */
const BASE_FEE = 5_000n;
const SIGNATURES = 2n;

type Opening = { lines: number; priorityCeiling: bigint };

/**
 * What an escrow takes of the sponsor at most: the rent that it lends, and the fees of its opening and of everything that
 * follows, each with the dearest priority that we pay. Rent and fees are read from the chain. Units: lamports.
 */
export async function networkOf(
  chain: ChainPort,
  opening: Opening & { transaction: string },
): Promise<Result<NetworkBound, ChainUnknown>> {
  const [fee, rent] = await Promise.all([chain.feeOf(messageOf(opening.transaction)), rentOf(chain, opening)]);
  if (!fee.ok) return fee;
  return rent.ok ? ok({ fees: fee.value + LATER * dearest(opening), rent: rent.value }) : rent;
}

/**
 * The same without an opening to go by, so at the most that each transaction can cost: what the sponsor is counted to lose,
 * also where the one that was handed in is too old for the chain to name its fee.
 */
export async function mostOf(chain: ChainPort, opening: Opening): Promise<Result<bigint, ChainUnknown>> {
  const rent = await rentOf(chain, opening);
  return rent.ok ? ok(rent.value + (1n + LATER) * dearest(opening)) : rent;
}

async function rentOf(chain: ChainPort, { lines }: Opening): Promise<Result<bigint, ChainUnknown>> {
  const { head, payee, vault } = ESCROW_BYTES;
  const [ofEscrow, ofVault] = await Promise.all([chain.rentOf(head + payee * lines), chain.rentOf(vault)]);
  if (!ofEscrow.ok) return ofEscrow;
  return ofVault.ok ? ok(ofEscrow.value + ofVault.value) : ofVault;
}

/** What one transaction that lends nothing can cost at most. Units: lamports. */
export const dearest = ({ priorityCeiling }: Pick<Opening, "priorityCeiling">): bigint =>
  SIGNATURES * BASE_FEE + (priorityCeiling * BigInt(roomFor(REHEARSED_UNITS)) + MICROLAMPORTS - 1n) / MICROLAMPORTS;
