import { AccountId } from "@/flows/basics/ids";
import type { KeptPasskey, PasskeyKeys } from "@/flows/ports/evidence";
import type { PrismaClient } from "@/generated/prisma/client";

export type NamedPasskey = { id: string; name: string; createdAt: Date; usedAt: Date | null };

export type PasskeysRepo = PasskeyKeys & {
  list(account: AccountId): Promise<NamedPasskey[]>;
  /** False when somebody has this one already. */
  add(passkey: KeptPasskey, name: string): Promise<boolean>;
  rename(account: AccountId, id: string, name: string): Promise<boolean>;
  remove(account: AccountId, id: string): Promise<boolean>;
};

export function passkeysRepo(db: PrismaClient): PasskeysRepo {
  return {
    async of(account) {
      const rows = await db.passkey.findMany({ where: { accountId: account }, orderBy: { createdAt: "asc" } });
      return rows.map(({ id, accountId, publicKey, counter, transports }) => ({
        ...{ id, account: AccountId.parse(accountId), publicKey, counter: Number(counter), transports },
      }));
    },
    /** Of two that come with one count, one is heard; an authenticator that does not count always says 0. */
    async used(id, from, to) {
      if (to !== 0 && to <= from) return false;
      const { count } = await db.passkey.updateMany({
        where: { id, counter: from },
        data: { counter: to, usedAt: new Date() },
      });
      return count === 1;
    },
    list: (account) =>
      db.passkey.findMany({
        where: { accountId: account },
        orderBy: { createdAt: "asc" },
        select: { id: true, name: true, createdAt: true, usedAt: true },
      }),
    async add({ id, account, publicKey, counter, transports }, name) {
      const data = { id, accountId: account, name, publicKey: Uint8Array.from(publicKey), counter };
      const { count } = await db.passkey.createMany({
        data: [{ ...data, transports: [...transports] }],
        skipDuplicates: true,
      });
      return count === 1;
    },
    async rename(accountId, id, name) {
      return (await db.passkey.updateMany({ where: { accountId, id }, data: { name } })).count === 1;
    },
    async remove(accountId, id) {
      return (await db.passkey.deleteMany({ where: { accountId, id } })).count === 1;
    },
  };
}
