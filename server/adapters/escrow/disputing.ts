import type { Address, Instruction } from "@solana/kit";
import type { AccountId, RunId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import type { RehearsalError } from "@/flows/ports/chain";
import type { DisputeError, DisputeOffer, Earnings, EarningsError, EscrowTerms } from "@/flows/ports/escrows";
import { type EscrowPayee, readEscrow } from "@/programs/clients/escrow-account";
import { dispute } from "@/programs/clients/escrow-instructions";
import { signersOf } from "./offering";
import { POOR, rehearsedMessage } from "./rehearsing";
import type { DeskOptions } from "./settings";
import { readTerms } from "./stored";
import { chainSeconds } from "./token-account";
import { keepOffer } from "./wallet-offer";

type Reads = Pick<DeskOptions, "pool" | "chain" | "settings">;
type Known = { terms: EscrowTerms; earnings: Earnings };

/** What the payees of a run have earned and what of it its payer may still dispute, as the chain has it now. */
export async function earningsOf(reads: Reads, owner: AccountId, run: RunId): Promise<Result<Earnings, EarningsError>> {
  const known = await standing(reads, owner, run);
  return known.ok ? ok(known.value.earnings) : known;
}

/** The instruction that a payer's dispute comes to. What the wallet signs is made of nothing else. */
export function disputeOf(
  { program, escrow, payer }: Pick<EscrowTerms, "program" | "escrow" | "payer">,
  lines: readonly number[],
): Instruction {
  return dispute({ program: program as Address, escrow: escrow as Address, payer: payer as Address, lines });
}

type Asked = { owner: AccountId; run: RunId; lines: readonly number[] };

/** Makes what the payer's wallet signs to dispute. Only lines that hold something are named: others would refuse it whole. */
export async function disputing(
  reads: Reads,
  { owner, run, lines: asked }: Asked,
): Promise<Result<DisputeOffer, DisputeError>> {
  const known = await standing(reads, owner, run);
  if (!known.ok) return known;
  const { terms, earnings } = known.value;
  const open = earnings.lines.filter(
    ({ line, held, heldUntil }) => asked.includes(line) && held > 0n && earnings.nowSeconds < heldUntil,
  );
  if (open.length === 0) return err({ code: "nothing_to_dispute", run });
  const lines = open.map(({ line }) => line);
  const signers = await signersOf(reads.pool);
  if (!signers) return err({ code: "rail_absent" });
  const built = await rehearsedMessage(reads, {
    feePayer: signers.sponsor as Address,
    instructions: [disputeOf(terms, lines)],
    contended: terms.escrow,
  });
  if (!built.ok) return err(refusedBy(built.error, run));
  const amount = UsdcBase.parse(open.reduce((sum, { held }) => sum + held, 0n));
  const intent = await keepOffer(reads.pool, { run, kind: "dispute", says: { lines }, ...built.value });
  const { transaction, lastValidBlockHeight } = built.value;
  return ok({ intent, transaction, lastValidBlockHeight, payer: terms.payer, lines, amount });
}

function refusedBy(error: RehearsalError, run: RunId): DisputeError {
  if (error.code === "outcome_unknown") return { code: "chain_unreachable" };
  const { reason } = error;
  if (reason === "window_over") return { code: "nothing_to_dispute", run }; // it ended while we looked
  return POOR.test(reason) ? { code: "sponsor_empty" } : { code: "transaction_refused", reason };
}

async function standing({ pool, chain }: Reads, owner: AccountId, run: RunId): Promise<Result<Known, EarningsError>> {
  const { rows } = await pool.query<{ terms: string }>(
    "select terms from escrow where run_id = $1 and owner_id = $2 and stands in ('open', 'settled')",
    [run, owner],
  );
  if (!rows[0]) return err({ code: "escrow_not_there", run });
  const terms = readTerms(rows[0].terms);
  const [found, now] = await Promise.all([chain.account(terms.escrow), chainSeconds(chain)]);
  if (!found.ok || !now.ok) return err({ code: "chain_unreachable" });
  const account = found.value?.owner === terms.program ? readEscrow(found.value.data) : undefined;
  if (!account) return err({ code: "escrow_not_there", run });
  const lines = terms.lines.flatMap((each, line) => {
    const on = account.payees[line];
    if (on?.account !== each.account) return [];
    return [{ ...each, line, ...earningsIn(on) }];
  });
  return ok({ terms, earnings: { nowSeconds: now.value, lines } });
}

function earningsIn({ earned, paid, returned, held, heldUntil, disputed, decideBy }: EscrowPayee) {
  const usdc = (amount: bigint) => UsdcBase.parse(amount);
  return {
    ...{ earned: usdc(earned), paid: usdc(paid), returned: usdc(returned) },
    ...{ held: usdc(held), heldUntil: Number(heldUntil), disputed: usdc(disputed), decideBy: Number(decideBy) },
  };
}
