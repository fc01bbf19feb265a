import { AccountId } from "@/flows/basics/ids";
import type { PrismaClient } from "@/generated/prisma/client";

export type Account = { id: AccountId; name: string };
export type AccountsRepo = {
  create(account: Account): Promise<void>;
  find(id: AccountId): Promise<Account | null>;
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
    async names(ids) {
      const rows = await db.user.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
      return new Map(rows.map((row) => [AccountId.parse(row.id), row.name]));
    },
  };
}
