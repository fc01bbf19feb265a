import type { Pool } from "pg";
import type { AccountId, OperationId } from "@/flows/basics/ids";
import { type Currency, type Money, money } from "@/flows/basics/money";
import { err, ok } from "@/flows/basics/result";
import { canonicalJson } from "@/flows/plan/canonical";
import { ensureAccount, lockAccounts, mainAccount, sourceAccount, transfer } from "./accounts";
import { type Moved, once } from "./movement";

export type Grant = { operation: OperationId; owner: AccountId; amount: Money };

/** Opens an owner's main account in one currency. To open it again changes nothing. */
export async function openAccount(pool: Pool, owner: AccountId, currency: Currency): Promise<void> {
  await ensureAccount(pool, { id: mainAccount(owner, currency), owner, purpose: "main", currency });
}

/** Gives an owner credits out of the source of their currency, once per operation. The owner's account is open. */
export async function grant(pool: Pool, ask: Grant): Promise<Moved> {
  const { operation, owner, amount } = ask;
  const { currency } = amount;
  const [source, main] = [sourceAccount(currency), mainAccount(owner, currency)];
  return once(pool, { operation, kind: "grant", body: canonicalJson(ask) }, async (db) => {
    if (amount.amount === 0n) return err({ code: "amount_zero" });
    await ensureAccount(db, { id: source, owner: "studio", purpose: "source", currency });
    const accounts = await lockAccounts(db, [main, source]);
    const before = accounts.get(main)?.balance;
    if (before === undefined) return err({ code: "payee_ineligible", payee: owner });
    const left = money(currency, before + amount.amount);
    return ok({
      posted: { operation, left },
      write: (client) => transfer(client, { operation, debit: source, credit: main, amount }),
    });
  });
}
