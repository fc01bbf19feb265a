import type { Address } from "@solana/kit";
import type { Pool, PoolClient } from "pg";
import type { OperationId, RunId } from "@/flows/basics/ids";
import { UsdcBase } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import type { ChainPort, RehearsalError } from "@/flows/ports/chain";
import type { EscrowLine, EscrowTerms, Offer, OfferError, OpenAsk } from "@/flows/ports/escrows";
import { associatedAddress, escrowAddress, vaultAddress } from "@/programs/clients/escrow-addresses";
import { inTransaction } from "../connection";
import { holdOffers, storeIntent } from "./intents";
import { linesOf } from "./lines";
import { fits } from "./messages";
import { networkOf } from "./network";
import { POOR, type Rehearsed, rehearsedMessage } from "./rehearsing";
import { type DeskOptions, MOST_PAYEES } from "./settings";
import { openingOf, runBytes } from "./terms";
import { chainSeconds, tokensIn } from "./token-account";

type Offered = Result<Offer, OfferError>;

const UNREACHABLE = { code: "chain_unreachable" } as const;
const DAY = 86_400;
/** A run may wait for people: it has at least a week, and twice as long as its plan says where that is more. */
const LEAST_SECONDS = 7 * DAY;
const MOST_SECONDS = 300 * DAY;
/** Between settle-by and expiry, beside the window: time for whoever pays to look at it. */
const AFTER_SECONDS = 7 * DAY;

/** Everything that a person is asked to sign, checked against the chain as it is now; written down, and signed by nobody. */
export async function offering({ pool, chain, settings, payoutWalletOf }: DeskOptions, ask: OpenAsk): Promise<Offered> {
  const signers = await signersOf(pool);
  if (!signers) return err({ code: "rail_absent" });
  if (await isUnderWay(pool, ask.run)) return err({ code: "escrow_exists", run: ask.run });
  const lines = await linesOf({ chain, settings, payoutWalletOf }, ask);
  if (!lines.ok) return lines;
  const most = MOST_PAYEES[settings.version];
  if (lines.value.length > most) return err({ code: "payees_too_many", payees: lines.value.length, most });
  const nowSeconds = await chainSeconds(chain);
  if (!nowSeconds.ok) return err(UNREACHABLE);
  const terms = await termsFor({ settings, ...signers }, { ask, lines: lines.value, nowSeconds: nowSeconds.value });
  const short = await shortOf(chain, terms);
  if (short) return err(short);
  const built = await build({ chain, settings }, terms);
  if (!built.ok) return built;
  return keep(pool, ask, { terms, ...built.value });
}

/** Whose keys the workers hold; null when none has said. */
export async function signersOf(pool: Pool): Promise<{ sponsor: string; settler: string } | null> {
  const { rows } = await pool.query<{ role: string; address: string }>("select role, address from chain_signer");
  const of = (role: string) => rows.find((row) => row.role === role)?.address;
  const [sponsor, settler] = [of("sponsor"), of("settler")];
  return sponsor && settler ? { sponsor, settler } : null;
}

/** While an opening was handed over and may land, there is no second one. */
async function isUnderWay(db: Pool | PoolClient, run: RunId): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from escrow e where e.run_id = $1 and (e.stands <> 'waiting' or exists (
       select from chain_intent i where i.run_id = e.run_id and i.kind = 'open' and i.handed is not null and i.stands not in ('expired', 'refused')))`,
    [run],
  );
  return (rowCount ?? 0) > 0;
}

type Parties = { settings: DeskOptions["settings"]; sponsor: string; settler: string };
type Given = { ask: OpenAsk; lines: readonly EscrowLine[]; nowSeconds: number };

async function termsFor(
  { settings, sponsor, settler }: Parties,
  { ask, lines, nowSeconds }: Given,
): Promise<EscrowTerms> {
  const program = settings.program as Address;
  const mint = settings.mint as Address;
  const escrow = await escrowAddress(program, ask.wallet as Address, runBytes(ask.run));
  const lasts = Math.min(Math.max(2 * ask.lastsSeconds, LEAST_SECONDS), MOST_SECONDS);
  const settleBy = nowSeconds + lasts;
  return {
    ...{ run: ask.run, plan: ask.plan, program, escrow, mint },
    vault: await vaultAddress(program, escrow),
    payer: ask.wallet,
    source: await associatedAddress(ask.wallet as Address, mint),
    ...{ sponsor, settler, arbiter: settings.arbiter },
    feeAccount: await associatedAddress(settings.feeWallet as Address, mint),
    ...{ feeBps: settings.feeBps, cap: ask.cap, windowSeconds: ask.windowSeconds, settleBy },
    expiry: settleBy + ask.windowSeconds + AFTER_SECONDS,
    lines,
  };
}

async function shortOf(chain: ChainPort, { source, payer, cap }: EscrowTerms): Promise<OfferError | null> {
  const found = await tokensIn(chain, source);
  if (!found.ok) return UNREACHABLE;
  if (found.value === null) return { code: "payer_account_missing", wallet: payer };
  return found.value < cap
    ? { code: "payer_funds_insufficient", needed: cap, left: UsdcBase.parse(found.value) }
    : null;
}

type Built = Rehearsed & Pick<Offer, "network">;

async function build(
  { chain, settings }: Pick<DeskOptions, "chain" | "settings">,
  terms: EscrowTerms,
): Promise<Result<Built, OfferError>> {
  const { version, priorityCeiling } = settings;
  const opening = {
    feePayer: terms.sponsor as Address,
    instructions: [await openingOf(terms)],
    contended: terms.vault,
  };
  const built = await rehearsedMessage({ chain, settings }, opening);
  if (!built.ok) return err(refusedBy(built.error, terms));
  const { transaction } = built.value;
  if (!fits(transaction, version))
    return err({ code: "payees_too_many", payees: terms.lines.length, most: MOST_PAYEES[version] });
  const network = await networkOf(chain, { lines: terms.lines.length, transaction, priorityCeiling });
  if (!network.ok) return err(UNREACHABLE);
  return ok({ ...built.value, network: network.value });
}

/** What keeps the chain from taking the opening, each by its own name: only silence is a chain that cannot be reached. */
function refusedBy(error: RehearsalError, { run }: EscrowTerms): OfferError {
  if (error.code === "outcome_unknown") return UNREACHABLE;
  const { reason } = error;
  if (reason === "paused") return { code: "rail_paused" };
  if (reason === "escrow_exists") return { code: "escrow_exists", run };
  return POOR.test(reason) ? { code: "sponsor_empty" } : { code: "transaction_refused", reason };
}

async function keep(
  pool: Pool,
  ask: OpenAsk,
  { terms, transaction, limits, blockhash, lastValidBlockHeight, network }: Built & { terms: EscrowTerms },
): Promise<Offered> {
  return inTransaction<Offered>(pool, async (client) => {
    await holdOffers(client, ask.run);
    if (await isUnderWay(client, ask.run)) return { keep: false, answer: err({ code: "escrow_exists", run: ask.run }) };
    const { rows } = await client.query<{ offers: string }>(
      "select count(*)::text as offers from chain_intent where run_id = $1 and kind = 'open'",
      [ask.run],
    );
    const { rowCount } = await client.query(
      `insert into escrow (run_id, owner_id, plan_hash, address, terms, start, cap, settle_by, fees, rent)
       values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8), $9, $10)
       on conflict (run_id) do update set plan_hash = excluded.plan_hash, address = excluded.address, terms = excluded.terms,
         start = excluded.start, cap = excluded.cap, settle_by = excluded.settle_by, fees = excluded.fees, rent = excluded.rent
       where escrow.owner_id = excluded.owner_id and escrow.stands = 'waiting'`,
      [
        ...[ask.run, ask.owner, ask.plan, terms.escrow, canonicalJson(terms), canonicalJson(withoutNothing(ask.start))],
        ...[terms.cap.toString(), terms.settleBy, network.fees.toString(), network.rent.toString()],
      ],
    );
    if (rowCount !== 1) return { keep: false, answer: err({ code: "escrow_exists", run: ask.run }) };
    // Offers that nobody signed are over with the next: nothing that was not handed over can land.
    await client.query(
      "update chain_intent set stands = 'expired' where run_id = $1 and kind = 'open' and stands = 'intent' and handed is null",
      [ask.run],
    );
    const intent = `${ask.run}/chain/open.${Number(rows[0]?.offers ?? 0) + 1}` as OperationId;
    const body = canonicalJson({ terms, transaction, limits, blockhash, lastValidBlockHeight });
    await storeIntent(client, { id: intent, run: ask.run, kind: "open", askedBy: "payer", body, due: "when_handed" });
    return { keep: true, answer: ok({ intent, transaction, terms, network, lastValidBlockHeight }) };
  });
}

/** Canonical JSON has no word for what is not there. */
const withoutNothing = ({ workMs, ...start }: OpenAsk["start"]) => ({
  ...start,
  ...(workMs === undefined ? {} : { workMs }),
});
