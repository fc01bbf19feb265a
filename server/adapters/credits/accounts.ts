import type { Pool, PoolClient } from "pg";
import type { AccountId, OperationId } from "@/flows/basics/ids";
import type { Currency, Money } from "@/flows/basics/money";

/** How accounts are named. An owner has at most one main account in a currency, an operation at most one held one. */
export const mainAccount = (owner: AccountId, currency: Currency) => `main:${owner}:${currency}`;
export const heldAccount = (operation: OperationId) => `held:${operation}`;
export const sourceAccount = (currency: Currency) => `source:${currency}`;

export type Locked = ReadonlyMap<string, { balance: bigint; currency: Currency }>;

/**
 * Locks accounts for the rest of the transaction, always in the order of their ids, so that no two movements wait for
 * each other. Those that do not exist are missing from the answer.
 */
export async function lockAccounts(client: PoolClient, ids: readonly string[]): Promise<Locked> {
  const { rows } = await client.query<{ id: string; balance: string; currency: Currency }>(
    "select id, balance, currency from ledger_account where id = any($1) order by id for update",
    [ids],
  );
  return new Map(rows.map(({ id, balance, currency }) => [id, { balance: BigInt(balance), currency }]));
}

export type Transfer = { operation: string; debit: string; credit: string; amount: Money };

/** One row, and the two balances that it changes. The accounts have been locked. */
export async function transfer(client: PoolClient, { operation, debit, credit, amount }: Transfer): Promise<void> {
  await client.query(
    `with moved as (
       insert into ledger_transfer (operation, leg, debit, credit, currency, amount) values ($1, 0, $2, $3, $4, $5)
     )
     update ledger_account set balance = balance + case id when $2 then -$5::bigint else $5::bigint end
      where id in ($2, $3)`,
    [operation, debit, credit, amount.currency, amount.amount.toString()],
  );
}

type Opened = { id: string; owner: string; purpose: "main" | "held" | "source"; currency: Currency };

/** An account with nothing in it, unless it is there already. */
export async function ensureAccount(db: Pool | PoolClient, { id, owner, purpose, currency }: Opened): Promise<void> {
  await db.query(
    "insert into ledger_account (id, owner, purpose, currency) values ($1, $2, $3, $4) on conflict (id) do nothing",
    [id, owner, purpose, currency],
  );
}
