import type { Pool } from "pg";
import type { AccountId, OperationId } from "@/flows/basics/ids";
import type { Currency, Money } from "@/flows/basics/money";
import { grant, openAccount } from "./grants";
import { balances, postings } from "./statement";

/** What an owner holds and sees of the ledger. Errors: a grant that the ledger refuses throws, because only we give. */
export function ledgerWallet(pool: Pool) {
  return {
    open: (owner: AccountId, currency: Currency) => openAccount(pool, owner, currency),
    async grant(gift: { operation: OperationId; owner: AccountId; amount: Money }) {
      const given = await grant(pool, gift);
      if (!given.ok) throw new Error(`grant ${gift.operation}: ${given.error.code}`);
    },
    balances: (owner: AccountId) => balances(pool, owner),
    postings: (owner: AccountId, { before, limit }: { before: bigint | null; limit: number }) =>
      postings(pool, owner, { limit, ...(before === null ? {} : { before }) }),
  };
}
