import type { Pool } from "pg";
import type { AccountId, OperationId, RunId } from "@/flows/basics/ids";
import { type Currency, type Money, money } from "@/flows/basics/money";

/** What an owner has in one currency: free to spend, and set aside for runs that are under way. */
export type Balance = { currency: Currency; free: Money; held: Money };

/** One line of an owner's statement. `amount` is signed: below zero it left `account`. */
export type Posting = {
  id: bigint;
  operation: OperationId;
  kind: "reserve" | "capture" | "release" | "grant";
  run: RunId | null;
  account: string;
  counterpart: string;
  currency: Currency;
  amount: bigint;
  at: Date;
};

export type Page = { before?: bigint; limit: number };

export async function balances(pool: Pool, owner: AccountId): Promise<Balance[]> {
  const { rows } = await pool.query<{ currency: Currency; free: string; held: string }>(
    `select currency, coalesce(sum(balance) filter (where purpose = 'main'), 0)::text as free,
            coalesce(sum(balance) filter (where purpose = 'held'), 0)::text as held
       from ledger_account where owner = $1 and purpose in ('main', 'held') group by currency order by currency`,
    [owner],
  );
  return rows.map(({ currency, free, held }) => ({
    currency,
    free: money(currency, BigInt(free)),
    held: money(currency, BigInt(held)),
  }));
}

type Row = Omit<Posting, "id" | "run" | "amount"> & { id: string; amount: string };

/**
 * The latest postings first. Each transfer is one line: as it moved the owner's main account or, where it did not
 * touch that, as it left what was held for one of the owner's runs.
 */
export async function postings(pool: Pool, owner: AccountId, { before, limit }: Page): Promise<Posting[]> {
  const { rows } = await pool.query<Row>(
    `with mine as (select id, purpose from ledger_account where owner = $1 and purpose in ('main', 'held')),
     lines as (
       (select t.*, t.debit as account, t.credit as counterpart, -t.amount as signed
          from mine join ledger_transfer t on t.debit = mine.id
         where ($2::bigint is null or t.id < $2)
           and (mine.purpose = 'main' or not exists (select from mine other where other.id = t.credit and other.purpose = 'main'))
         order by t.id desc limit $3)
       union all
       (select t.*, t.credit, t.debit, t.amount
          from mine join ledger_transfer t on t.credit = mine.id
         where mine.purpose = 'main' and ($2::bigint is null or t.id < $2)
         order by t.id desc limit $3))
     select l.id, l.operation, o.kind, l.account, l.counterpart, l.currency, l.signed::text as amount, l.created_at as at
       from lines l join ledger_operation o on o.id = l.operation
      order by l.id desc limit $3`,
    [owner, before?.toString() ?? null, limit],
  );
  return rows.map((row) => ({ ...row, id: BigInt(row.id), run: runOf(row), amount: BigInt(row.amount) }));
}

/** Movements of a run are named after it (flows/run/operations.ts); a grant belongs to none. */
function runOf({ operation, kind }: Row): RunId | null {
  if (kind === "grant") return null;
  return (operation.split("/")[0] ?? null) as RunId | null;
}
