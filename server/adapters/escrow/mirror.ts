import type { PoolClient } from "pg";
import type { AccountId, RunId } from "@/flows/basics/ids";
import { canonicalJson } from "@/flows/plan/canonical";
import type { EscrowTerms } from "@/flows/ports/escrows";

export const purseOf = (run: RunId) => `escrow:${run}`;
export const earnedBy = (payee: AccountId) => `main:${payee}:usdc_base`;
export const ON_CHAIN = "source:usdc_base";

type Account = { id: string; owner: string; purpose: "main" | "source" | "escrow" };

async function ensure(client: PoolClient, accounts: readonly Account[]): Promise<void> {
  for (const { id, owner, purpose } of [...accounts].sort((a, b) => (a.id < b.id ? -1 : 1)))
    await client.query(
      `insert into ledger_account (id, owner, purpose, currency) values ($1, $2, $3, 'usdc_base') on conflict (id) do nothing`,
      [id, owner, purpose],
    );
}

export type Leg = { debit: string; credit: string; amount: bigint };

/** One movement of the mirror, once per operation: the chain has moved already, and the ledger follows. */
export async function post(
  client: PoolClient,
  { operation, kind, legs }: { operation: string; kind: string; legs: readonly Leg[] },
): Promise<void> {
  const moving = legs.filter(({ amount }) => amount > 0n);
  const accounts = [...new Set(moving.flatMap(({ debit, credit }) => [debit, credit]))];
  await client.query("select from ledger_account where id = any($1) order by id for update", [accounts]);
  const body = canonicalJson({ kind, legs: moving });
  const { rowCount } = await client.query(
    "insert into ledger_operation (id, kind, body, answer) values ($1, $2, $3, '{}') on conflict (id) do nothing",
    [operation, kind, body],
  );
  if (rowCount !== 1) return;
  for (const [leg, { debit, credit, amount }] of moving.entries()) {
    const moved = [operation, leg, debit, credit, amount.toString()];
    await client.query(
      `insert into ledger_transfer (operation, leg, debit, credit, currency, amount) values ($1, $2, $3, $4, 'usdc_base', $5)`,
      moved,
    );
    await client.query("update ledger_account set balance = balance - $2 where id = $1", [debit, amount.toString()]);
    await client.query("update ledger_account set balance = balance + $2 where id = $1", [credit, amount.toString()]);
  }
}

/** The ledger shows what lies in an escrow as a purse of that run alone: nothing else can be paid from it. */
export async function mirrorOpening(
  client: PoolClient,
  { run, owner, terms }: { run: RunId; owner: AccountId; terms: EscrowTerms },
): Promise<void> {
  const payees = [...new Set(terms.lines.flatMap(({ payees }) => payees))];
  await ensure(client, [
    { id: ON_CHAIN, owner: "chain", purpose: "source" },
    { id: purseOf(run), owner, purpose: "escrow" },
    ...payees.map((payee) => ({ id: earnedBy(payee), owner: payee, purpose: "main" as const })),
  ]);
  const legs = [{ debit: ON_CHAIN, credit: purseOf(run), amount: terms.cap }];
  await post(client, { operation: `${run}/chain/opened`, kind: "escrow_opened", legs });
}
