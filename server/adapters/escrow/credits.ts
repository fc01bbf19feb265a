import type { Pool, PoolClient } from "pg";
import type { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { err, ok } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { fromStored } from "@/flows/plan/stored";
import type { Capture, CreditsError, CreditsPort, Posted, Release, Reserve } from "@/flows/ports/credits";
import type { EscrowTerms } from "@/flows/ports/escrows";
import { inTransaction, isConnectionLost } from "../connection";
import { earnedBy, purseOf } from "./mirror";
import { mirrorRest } from "./mirror-closing";
import { isSettling, MARGIN, storeSettlement } from "./settling";
import { readTerms } from "./stored";

type Moved = Awaited<ReturnType<CreditsPort["reserve"]>>;
type Row = { refusal: string | null; answer: string | null; rest: string | null };
type Work = (client: PoolClient) => Promise<Moved>;

/**
 * The purse of a run on escrow. What is reserved lies on the chain, confirmed and compared with what was agreed to; what is
 * captured moves in the ledger alone, within the payee's line; and giving the rest back writes down, in the same
 * transaction, the settlement that the worker brings to the chain. Runs on credits go to `ledger` as before.
 */
export function escrowCredits(pool: Pool, ledger: CreditsPort): CreditsPort {
  return {
    reserve: (ask) =>
      ask.amount.currency === "usdc_base" ? moved(pool, (client) => reserve(client, ask)) : ledger.reserve(ask),
    capture: (ask) =>
      ask.amount.currency === "usdc_base" ? moved(pool, (client) => capture(client, ask)) : ledger.capture(ask),
    async release(ask) {
      const { rows } = await pool.query<{ run: string }>(
        `select substr(t.debit, 8) as run from ledger_transfer t where t.operation = $1 and t.leg = 0 and t.debit like 'escrow:%'`,
        [ask.reservation],
      );
      const run = rows[0]?.run as RunId | undefined;
      return run === undefined ? ledger.release(ask) : moved(pool, (client) => release(client, { ask, run }));
    },
  };
}

async function moved(pool: Pool, work: Work): Promise<Moved> {
  try {
    return await inTransaction(pool, async (client) => {
      const answer = await work(client);
      return { keep: answer.ok, answer };
    });
  } catch (problem) {
    if (isConnectionLost(problem)) return err({ code: "outcome_unknown" });
    throw problem;
  }
}

/** The run that an operation of the whole run is named after (flows/run/operations.ts). */
const runOf = (operation: OperationId): RunId => operation.slice(0, operation.lastIndexOf("/")) as RunId;

type Kept = { stands: string; terms: EscrowTerms; owner: AccountId; isTimely: boolean };

async function escrowOf(client: PoolClient, run: RunId): Promise<Kept | null> {
  const { rows } = await client.query<{ stands: string; terms: string; owner_id: AccountId; timely: boolean }>(
    `select stands, terms, owner_id, settle_by > now() + interval '${MARGIN}' as timely from escrow where run_id = $1 for share`,
    [run],
  );
  const [row] = rows;
  return row ? { stands: row.stands, terms: readTerms(row.terms), owner: row.owner_id, isTimely: row.timely } : null;
}

async function reserve(client: PoolClient, ask: Reserve): Promise<Moved> {
  const { operation, payer, amount } = ask;
  const run = runOf(operation);
  const escrow = await escrowOf(client, run);
  const none = money("usdc_base", 0n);
  if (amount.amount === 0n) return err({ code: "amount_zero" });
  if (escrow?.stands !== "open" || escrow.owner !== payer || !escrow.isTimely)
    return err({ code: "funds_insufficient", left: none });
  const given = [
    operation,
    canonicalJson(ask),
    payer,
    purseOf(run),
    `held:${operation}`,
    "usdc_base",
    amount.amount.toString(),
  ];
  return answered(client, { ask, name: "ledger_reserve", given });
}

async function capture(client: PoolClient, ask: Capture): Promise<Moved> {
  const { operation, reservation, payee, amount } = ask;
  if (amount.amount === 0n) return err({ code: "amount_zero" });
  const run = runOf(reservation);
  const escrow = await escrowOf(client, run);
  const line = escrow?.terms.lines.find(({ payees }) => payees.includes(payee));
  if (!escrow || !line) return err({ code: "payee_ineligible", payee });
  // Captures of one reservation come one after the other: what a line has earned cannot grow while it is looked at.
  await client.query("select from ledger_reservation where operation = $1 for update", [reservation]);
  const earned = await earnedOn(client, { reservation, payees: line.payees, but: operation });
  if (earned + amount.amount > line.cap)
    return err({ code: "reservation_exceeded", left: money("usdc_base", line.cap - earned) });
  const isKnown = await client.query("select from ledger_operation where id = $1", [operation]);
  if (isKnown.rowCount === 0 && (escrow.stands !== "open" || !escrow.isTimely || (await isSettling(client, run))))
    return err({ code: "reservation_closed", reservation });
  const given = [operation, canonicalJson(ask), reservation, earnedBy(payee), "usdc_base", amount.amount.toString()];
  return answered(client, { ask, name: "ledger_capture", given });
}

async function earnedOn(
  client: PoolClient,
  { reservation, payees, but }: { reservation: OperationId; payees: readonly AccountId[]; but: OperationId },
): Promise<bigint> {
  const { rows } = await client.query<{ earned: string }>(
    `select coalesce(sum(amount), 0)::text as earned from ledger_transfer
      where debit = $1 and credit = any($2) and operation <> $3`,
    [`held:${reservation}`, payees.map(earnedBy), but],
  );
  return BigInt(rows[0]?.earned ?? 0);
}

async function release(client: PoolClient, { ask, run }: { ask: Release; run: RunId }): Promise<Moved> {
  await client.query("select from escrow where run_id = $1 for update", [run]); // first, as captures do: nobody waits in a circle
  const given = [ask.operation, canonicalJson(ask), ask.reservation];
  const answer = await answered(client, { ask, name: "ledger_release", given });
  if (!answer.ok) return answer;
  await storeSettlement(client, run);
  await mirrorRest(client, run);
  return answer;
}

type Call = {
  ask: Reserve | Capture | Release;
  name: "ledger_reserve" | "ledger_capture" | "ledger_release";
  given: readonly string[];
};

async function answered(client: PoolClient, { ask, name, given }: Call): Promise<Moved> {
  const text = `select refusal, answer, rest::text from ${name}(${given.map((_, place) => `$${place + 1}`).join(", ")})`;
  const { rows } = await client.query<Row>({ name: `escrow_${name}`, text, values: [...given] });
  const [row] = rows;
  if (row?.refusal === null && row.answer !== null) return ok(fromStored<Posted>(row.answer));
  const refused = row && refusal(ask, row);
  if (!refused) throw new Error(`${ask.operation} came to no answer that is known: ${JSON.stringify(row)}`);
  return err(refused);
}

function refusal(ask: Call["ask"], { refusal: code, rest }: Row): CreditsError | null {
  const left = money("usdc_base", BigInt(rest ?? 0));
  switch (code) {
    case "operation_reused":
      return { code, operation: ask.operation };
    case "reservation_closed":
      return "reservation" in ask ? { code, reservation: ask.reservation } : null;
    case "payee_ineligible":
      return "payee" in ask ? { code, payee: ask.payee } : null;
    case "funds_insufficient":
    case "reservation_exceeded":
      return { code, left };
    default:
      return null;
  }
}
