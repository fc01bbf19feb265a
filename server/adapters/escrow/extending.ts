import type { Address, Instruction } from "@solana/kit";
import type { PoolClient } from "pg";
import type { AccountId, RunId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import type { RehearsalError } from "@/flows/ports/chain";
import type { EscrowTerms, ExtendError, ExtendOffer } from "@/flows/ports/escrows";
import { type EscrowAccount, readEscrow } from "@/programs/clients/escrow-account";
import { extend } from "@/programs/clients/escrow-instructions";
import { signersOf } from "./offering";
import { POOR, rehearsedMessage } from "./rehearsing";
import type { DeskOptions } from "./settings";
import { readTerms } from "./stored";
import { chainSeconds } from "./token-account";
import { keepOffer } from "./wallet-offer";

type Reads = Pick<DeskOptions, "pool" | "chain" | "settings">;
type Times = { settleBy: number; expiry: number };

const DAY = 86_400;
/** What is added to both times at once. Whoever wants more presses again. */
const MORE_SECONDS = 7 * DAY;
/** How long an escrow can last (programs/rules/src/escrow/open.rs). */
const MOST_LIFE_SECONDS = 366 * DAY;

/** The instruction by which a payer gives an escrow more time. What the wallet signs is made of nothing else. */
export function extensionOf(
  { program, escrow, payer }: Pick<EscrowTerms, "program" | "escrow" | "payer">,
  { settleBy, expiry }: Times,
): Instruction {
  const at = { program: program as Address, escrow: escrow as Address, payer: payer as Address };
  return extend({ ...at, settleBy: BigInt(settleBy), expiry: BigInt(expiry) });
}

/** Makes what the payer's wallet signs to give a run a week more, counted from what the chain says now. */
export async function extending(
  reads: Reads,
  { owner, run }: { owner: AccountId; run: RunId },
): Promise<Result<ExtendOffer, ExtendError>> {
  const terms = await openTerms(reads, owner, run);
  if (!terms) return err({ code: "nothing_to_extend", run });
  const times = await laterTimes(reads, terms);
  if (!times.ok) return times;
  const signers = await signersOf(reads.pool);
  if (!signers) return err({ code: "rail_absent" });
  const built = await rehearsedMessage(reads, {
    feePayer: signers.sponsor as Address,
    instructions: [extensionOf(terms, times.value)],
    contended: terms.escrow,
  });
  if (!built.ok) return err(refusedBy(built.error, run));
  const intent = await keepOffer(reads.pool, { run, kind: "extend", says: times.value, ...built.value });
  const { transaction, lastValidBlockHeight } = built.value;
  return ok({ intent, transaction, lastValidBlockHeight, payer: terms.payer, ...times.value });
}

/** Of an escrow whose run goes on. Once its settlement is written down nothing more is earned, and time changes nothing. */
async function openTerms({ pool }: Reads, owner: AccountId, run: RunId): Promise<EscrowTerms | null> {
  const { rows } = await pool.query<{ terms: string }>(
    `select e.terms from escrow e where e.run_id = $1 and e.owner_id = $2 and e.stands = 'open'
        and not exists (select from chain_intent i where i.run_id = e.run_id and i.kind = 'settle')`,
    [run, owner],
  );
  return rows[0] ? readTerms(rows[0].terms) : null;
}

async function laterTimes({ chain }: Reads, terms: EscrowTerms): Promise<Result<Times, ExtendError>> {
  const [found, now] = await Promise.all([chain.account(terms.escrow), chainSeconds(chain)]);
  if (!found.ok || !now.ok) return err({ code: "chain_unreachable" });
  const account = found.value?.owner === terms.program ? readEscrow(found.value.data) : undefined;
  if (!account || account.state === "finished" || now.value > Number(account.expiry))
    return err({ code: "nothing_to_extend", run: terms.run });
  const times = { settleBy: Number(account.settleBy) + MORE_SECONDS, expiry: Number(account.expiry) + MORE_SECONDS };
  const latest = latestOf(account);
  return times.expiry > latest ? err({ code: "extension_too_long", latest }) : ok(times);
}

const latestOf = ({ openedAt }: EscrowAccount) => Number(openedAt) + MOST_LIFE_SECONDS;

function refusedBy(error: RehearsalError, run: RunId): ExtendError {
  if (error.code === "outcome_unknown") return { code: "chain_unreachable" };
  const { reason } = error;
  if (reason === "finished" || reason === "expired") return { code: "nothing_to_extend", run }; // while we looked
  return POOR.test(reason) ? { code: "sponsor_empty" } : { code: "transaction_refused", reason };
}

/**
 * Follows what finalized history says of a run's times, whoever's client gave more: no time that the chain could still take
 * back is counted on, and none is ever taken back here.
 */
export async function mirrorExtension(
  client: PoolClient,
  { run, settleBy, expiry }: { run: RunId; settleBy: bigint; expiry: bigint },
): Promise<void> {
  const { rows } = await client.query<{ terms: string }>("select terms from escrow where run_id = $1", [run]);
  if (!rows[0]) return;
  const terms = readTerms(rows[0].terms);
  const later = {
    ...terms,
    settleBy: Math.max(terms.settleBy, Number(settleBy)),
    expiry: Math.max(terms.expiry, Number(expiry)),
  };
  await client.query("update escrow set terms = $2, settle_by = to_timestamp($3) where run_id = $1", [
    run,
    canonicalJson(later),
    later.settleBy,
  ]);
}
