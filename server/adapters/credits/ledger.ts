import type { Pool, PoolClient } from "pg";
import type { AccountId, OperationId } from "@/flows/basics/ids";
import { type Currency, money } from "@/flows/basics/money";
import { err, ok } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import type { CreditsPort, Release, Reserve } from "@/flows/ports/credits";
import { ensureAccount, heldAccount, lockAccounts, mainAccount, transfer } from "./accounts";
import { capture } from "./capture";
import { type Decision, once } from "./movement";

type Reservation = { payer: AccountId; account: string; currency: Currency; closed: boolean };

/**
 * Credits kept in Postgres, one row per transfer. The unique operation id is what makes a movement happen once.
 * Every movement locks its reservation first and then its accounts in the order of their ids.
 */
export function ledgerCredits(pool: Pool): CreditsPort {
  return {
    reserve: (ask) =>
      once(pool, { operation: ask.operation, kind: "reserve", body: canonicalJson(ask) }, (db) => reserve(db, ask)),
    capture: (ask) => capture(pool, ask),
    release: (ask) =>
      once(pool, { operation: ask.operation, kind: "release", body: canonicalJson(ask) }, (db) => release(db, ask)),
  };
}

async function reserve(db: PoolClient, { operation, payer, amount }: Reserve): Promise<Decision> {
  if (amount.amount === 0n) return err({ code: "amount_zero" });
  const { currency } = amount;
  const main = mainAccount(payer, currency);
  const before = (await lockAccounts(db, [main])).get(main)?.balance ?? 0n;
  if (before < amount.amount) return err({ code: "funds_insufficient", left: money(currency, before) });

  const held = heldAccount(operation);
  const write = async (client: PoolClient) => {
    await ensureAccount(client, { id: held, owner: payer, purpose: "held", currency });
    const values = [operation, payer, held];
    await client.query("insert into ledger_reservation (operation, payer, account) values ($1, $2, $3)", values);
    await transfer(client, { operation, debit: main, credit: held, amount });
  };
  return ok({ posted: { operation, left: money(currency, before - amount.amount) }, write });
}

async function release(db: PoolClient, { operation, reservation }: Release): Promise<Decision> {
  const reserved = await lockReservation(db, reservation);
  if (!reserved || reserved.closed) return err({ code: "reservation_closed", reservation });
  const { payer, currency, account: held } = reserved;
  const main = mainAccount(payer, currency);
  const accounts = await lockAccounts(db, [held, main]);
  const left = accounts.get(held)?.balance ?? 0n;
  const write = async (client: PoolClient) => {
    const amount = money(currency, left);
    if (left > 0n) await transfer(client, { operation, debit: held, credit: main, amount });
    await client.query("update ledger_reservation set closed_by = $2 where operation = $1", [reservation, operation]);
  };
  return ok({ posted: { operation, left: money(currency, (accounts.get(main)?.balance ?? 0n) + left) }, write });
}

async function lockReservation(db: PoolClient, operation: OperationId): Promise<Reservation | null> {
  const { rows } = await db.query<{ payer: AccountId; account: string; currency: Currency; closed_by: string | null }>(
    `select r.payer, r.account, r.closed_by, a.currency
       from ledger_reservation r join ledger_account a on a.id = r.account where r.operation = $1 for update of r`,
    [operation],
  );
  const [row] = rows;
  return row
    ? { payer: row.payer, account: row.account, currency: row.currency, closed: row.closed_by !== null }
    : null;
}
