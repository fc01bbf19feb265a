import { AccountId } from "@/flows/basics/ids";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import type { PrismaClient } from "@/generated/prisma/client";

export type Account = { id: AccountId; name: string };
export type AccountsRepo = {
  create(account: Account): Promise<void>;
  find(id: AccountId): Promise<Account | null>;
  /** With the wallet that opens it, if one does. Every page asks for this, so it is one question. */
  findWithWallet(id: AccountId): Promise<(Account & { wallet: WalletAddress | null }) | null>;
  /** The names of those that exist. */
  names(ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>>;
};

export function accountsRepo(db: PrismaClient): AccountsRepo {
  return {
    async create(account) {
      await db.user.create({ data: account });
    },
    async find(id) {
      const row = await db.user.findUnique({ where: { id }, select: { id: true, name: true } });
      return row ? { id: AccountId.parse(row.id), name: row.name } : null;
    },
    async findWithWallet(id) {
      const [row] = await db.$queryRaw<{ name: string; wallet: string | null }[]>`
        select u.name, w.address as wallet from "user" u left join wallet_link w on w.account_id = u.id where u.id = ${id}`;
      return row ? { id, name: row.name, wallet: row.wallet ? WalletAddress.parse(row.wallet) : null } : null;
    },
    async names(ids) {
      const rows = await db.user.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
      return new Map(rows.map((row) => [AccountId.parse(row.id), row.name]));
    },
  };
}
