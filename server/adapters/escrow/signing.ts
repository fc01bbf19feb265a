import type { Instruction } from "@solana/kit";
import { attemptOf, type IntentEvent } from "@/flows/escrow/intent";
import type { Lifetime } from "@/flows/ports/chain";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { transactionsFor } from "./building";
import type { Intent } from "./intents";
import { fits, type Limits, REHEARSED_UNITS, roomFor, signedBy, unsigned } from "./messages";
import type { Carrying } from "./settings";
import { termsOf } from "./terms-of";

/**
 * What a step came to. Null: nothing happened, and it is tried again; `reason` says why where that is worth telling, and
 * `isRare` that nothing will change soon.
 */
export type Done = { event: IntentEvent | null; bytes?: string; reason?: string; isRare?: boolean };

/** What only the time of the chain changes. */
const WAITS: readonly string[] = ["settle_by_passed", "close_too_early"];

/** Built anew for each signature: a fresh lifetime, as many units as it was seen to take, and a price under the ceiling. */
export async function sign(carrying: Carrying, intent: Intent): Promise<Done> {
  const { pool, chain, settings, keys } = carrying;
  const terms = await termsOf(pool, intent.run);
  // Whatever the database names as the program would get the signatures of our keys, and could spend with them.
  if (terms.program !== settings.program) return { event: null, reason: "its program is not ours" };
  const built = await transactionsFor(carrying, intent, terms);
  if (!built.ok)
    return built.error.code === "outcome_unknown" ? { event: null, reason: built.error.reason } : gone(pool, intent);
  const lifetime = await chain.lifetime();
  if (!lifetime.ok) return { event: null, reason: lifetime.error.reason };
  let reason: string | null = null; // of the first that it could be: what follows is only for when that cannot be
  for (const instructions of built.value) {
    const taken = await taking(carrying, { instructions, terms, lifetime: lifetime.value });
    if ("message" in taken) {
      const { bytes, signature } = await signedBy(taken.message, [keys.sponsor, keys.settler]);
      const attempt = { number: (attemptOf(intent.state)?.number ?? 0) + 1, signature, lifetime: lifetime.value };
      return { event: { type: "signed", attempt }, bytes };
    }
    reason ??= taken.reason;
    if (taken.isUnknown) break; // it may be what the chain would take
  }
  const isRare = intent.kind !== "settle" || (reason !== null && WAITS.includes(reason));
  return { event: null, reason: reason ?? "there is nothing to build", isRare };
}

/** Somebody else may have closed it. That one server shows no account is not enough to know. */
async function gone(pool: Carrying["pool"], { run }: Intent): Promise<Done> {
  // Known from what landed for us, or from finalized history.
  const { rowCount } = await pool.query("select from escrow where run_id = $1 and stands = 'closed'", [run]);
  return rowCount === 1
    ? { event: { type: "refused", reason: "nothing_to_do" } }
    : { event: null, reason: "no server shows its account", isRare: true };
}

type Candidate = { instructions: readonly Instruction[]; terms: EscrowTerms; lifetime: Lifetime };
type Taking = { message: string } | { reason: string; isUnknown: boolean };

/** The message of a candidate that the chain would take as it is now. */
async function taking(carrying: Carrying, { instructions, terms, lifetime }: Candidate): Promise<Taking> {
  const { chain, settings, keys } = carrying;
  const { version } = settings;
  const build = (limits: Limits) =>
    unsigned({ version, feePayer: keys.sponsor.address, lifetime, limits, instructions });
  const rehearsed = await chain.rehearse(build({ computeUnits: REHEARSED_UNITS, price: 0n }));
  if (!rehearsed.ok) return { reason: rehearsed.error.reason, isUnknown: rehearsed.error.code === "outcome_unknown" };
  const price = await priceOf(carrying, terms.escrow);
  const message = build({ computeUnits: roomFor(rehearsed.value.computeUnits), price });
  return fits(message, version) ? { message } : { reason: "it does not fit into a transaction", isUnknown: false };
}

async function priceOf({ chain, settings }: Carrying, escrow: string): Promise<bigint> {
  const asked = await chain.priority([escrow]);
  const price = asked.ok ? asked.value : 0n; // without it it may take longer, and costs nobody more
  return price < settings.priorityCeiling ? price : settings.priorityCeiling;
}
