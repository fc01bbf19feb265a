import type { AccountId } from "@/flows/basics/ids";
import type { PrismaClient } from "@/generated/prisma/client";

/** A name that somebody publishes under. `provedBy` is the address of a wallet, or the origin where the file lay. */
export type Publisher = {
  name: string;
  owner: AccountId;
  token: string;
  proof: "wallet" | "well_known" | null;
  provedBy: string | null;
};

export type PublishersRepo = {
  list(owner: AccountId): Promise<Publisher[]>;
  find(name: string): Promise<Publisher | null>;
  /** The first who asks for a name has it. Gives whoever has it now. */
  claim(owner: AccountId, name: string, token: string): Promise<Publisher>;
  prove(name: string, by: { proof: "wallet" | "well_known"; provedBy: string }): Promise<void>;
  isReviewer(account: AccountId): Promise<boolean>;
};

export function publishersRepo(db: PrismaClient): PublishersRepo {
  const publisherOf = (row: {
    name: string;
    ownerId: string;
    token: string;
    proof: string | null;
    provedBy: string | null;
  }) => ({
    ...{ name: row.name, owner: row.ownerId as AccountId, token: row.token, provedBy: row.provedBy },
    proof: row.proof as Publisher["proof"],
  });
  return {
    async list(ownerId) {
      const rows = await db.publisher.findMany({ where: { ownerId }, orderBy: { name: "asc" }, take: 50 });
      return rows.map(publisherOf);
    },
    async find(name) {
      const row = await db.publisher.findUnique({ where: { name } });
      return row ? publisherOf(row) : null;
    },
    async claim(ownerId, name, token) {
      await db.publisher.createMany({ data: [{ ownerId, name, token }], skipDuplicates: true });
      return publisherOf(await db.publisher.findUniqueOrThrow({ where: { name } }));
    },
    async prove(name, { proof, provedBy }) {
      await db.publisher.update({ where: { name }, data: { proof, provedBy, provedAt: new Date() } });
    },
    async isReviewer(accountId) {
      return (await db.accountRole.count({ where: { accountId, role: "reviewer" } })) > 0;
    },
  };
}
