import type { AccountId } from "@/flows/basics/ids";
import type { PrismaClient } from "@/generated/prisma/client";

/**
 * A name that somebody publishes under. `provedBy` is the address of a wallet, or the origin where the file lay; `origins` are
 * all where it lay, beside a wallet, too.
 */
export type Publisher = {
  name: string;
  owner: AccountId;
  token: string;
  proof: "wallet" | "well_known" | null;
  provedBy: string | null;
  origins: readonly string[];
};

export type PublishersRepo = {
  list(owner: AccountId): Promise<Publisher[]>;
  find(name: string): Promise<Publisher | null>;
  /** The first who asks for a name has it. Gives whoever has it now. */
  claim(owner: AccountId, name: string, token: string): Promise<Publisher>;
  /** A file proves an address beside what has been proved before: it takes no wallet's place. */
  prove(name: string, by: { proof: "wallet" | "well_known"; provedBy: string }): Promise<void>;
  /** Whether somebody else's file was found at an origin. */
  isProvedByOther(owner: AccountId, origin: string): Promise<boolean>;
  isReviewer(account: AccountId): Promise<boolean>;
};

export function publishersRepo(db: PrismaClient): PublishersRepo {
  const publisherOf = (row: {
    name: string;
    ownerId: string;
    token: string;
    proof: string | null;
    provedBy: string | null;
    origins: string[];
  }) => ({
    ...{ name: row.name, owner: row.ownerId as AccountId, token: row.token, provedBy: row.provedBy },
    origins: row.origins,
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
      const by = { proof, provedBy, provedAt: new Date() };
      if (proof === "wallet") await db.publisher.update({ where: { name }, data: by });
      else
        await db.$transaction([
          db.publisher.updateMany({ where: { name, OR: [{ proof: null }, { proof: "well_known" }] }, data: by }),
          db.publisher.updateMany({
            where: { name, NOT: { origins: { has: provedBy } } },
            data: { origins: { push: provedBy } },
          }),
        ]);
    },
    async isProvedByOther(owner, origin) {
      const where = { origins: { has: origin }, ownerId: { not: owner } };
      return (await db.publisher.count({ where })) > 0;
    },
    async isReviewer(accountId) {
      return (await db.accountRole.count({ where: { accountId, role: "reviewer" } })) > 0;
    },
  };
}
