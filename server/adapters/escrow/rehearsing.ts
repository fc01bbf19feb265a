import type { Address, Instruction } from "@solana/kit";
import { ok, type Result } from "@/flows/basics/result";
import type { ChainPort, Lifetime, RehearsalError } from "@/flows/ports/chain";
import { type Limits, REHEARSED_UNITS, roomFor, unsigned } from "./messages";
import type { EscrowSettings } from "./settings";

type Where = { chain: ChainPort; settings: Pick<EscrowSettings, "version" | "priorityCeiling"> };
type Wanted = { feePayer: Address; instructions: readonly Instruction[]; contended: string };
export type Rehearsed = Lifetime & { transaction: string; limits: Limits };

/** What a server says of a fee payer that cannot pay: it holds nothing, too little for the fee, or too little for the rent. */
export const POOR = /AccountNotFound|InsufficientFundsForFee|InsufficientFundsForRent|"Custom":1\b/;

/**
 * What a wallet is to sign, unsigned: rehearsed before anybody is asked, so that it asks for as many units as it takes and no
 * more, at the price that is asked now for the account that others write to as well, under the operator's ceiling.
 */
export async function rehearsedMessage(
  { chain, settings: { version, priorityCeiling } }: Where,
  { feePayer, instructions, contended }: Wanted,
): Promise<Result<Rehearsed, RehearsalError>> {
  const lifetime = await chain.lifetime();
  if (!lifetime.ok) return lifetime;
  const asked = await chain.priority([contended]);
  const wanted = asked.ok ? asked.value : 0n;
  const price = wanted < priorityCeiling ? wanted : priorityCeiling;
  const message = { version, feePayer, lifetime: lifetime.value, instructions };
  const rehearsed = await chain.rehearse(unsigned({ ...message, limits: { computeUnits: REHEARSED_UNITS, price } }));
  if (!rehearsed.ok) return rehearsed;
  const limits = { computeUnits: roomFor(rehearsed.value.computeUnits), price };
  return ok({ transaction: unsigned({ ...message, limits }), limits, ...lifetime.value });
}
