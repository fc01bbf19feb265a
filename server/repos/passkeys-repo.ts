import type { AccountId } from "@/flows/basics/ids";
import type { KeptPasskey, PasskeyKeys } from "@/flows/ports/evidence";
import type { PrismaClient } from "@/generated/prisma/client";

/** `waitsUntil`: until then it signs nothing; null once it does. */
export type NamedPasskey = {
  id: string;
  name: string;
  createdAt: Date;
  usedAt: Date | null;
  waitsUntil: Date | null;
};

export type PasskeysRepo = PasskeyKeys & {
  list(account: AccountId): Promise<NamedPasskey[]>;
  /** It counts so many hours from now on. `passkey_taken`: somebody has this one already. */
  add(
    passkey: KeptPasskey,
    { name, waitsHours }: { name: string; waitsHours: number },
  ): Promise<"added" | "passkey_taken" | "passkeys_full">;
  rename(account: AccountId, id: string, name: string): Promise<boolean>;
  remove(account: AccountId, id: string): Promise<boolean>;
  /** Removes it if it does not count yet. */
  removeWaiting(account: AccountId, id: string): Promise<boolean>;
};

export const MOST_PASSKEYS = 20;

type Row = {
  id: string;
  name: string;
  public_key: Uint8Array;
  counter: bigint;
  transports: string[];
  created_at: Date;
  used_at: Date | null;
  waits_until: Date | null;
};

/** Whether one counts is said by the database's own time. */
export function passkeysRepo(db: PrismaClient): PasskeysRepo {
  const rowsOf = (account: AccountId) => db.$queryRaw<Row[]>`
    select id, name, public_key, counter, transports, created_at, used_at,
           case when counts_from > now() then counts_from end as waits_until
      from passkey where account_id = ${account} order by created_at, id`;
  return {
    async of(account) {
      return (await rowsOf(account)).map(({ id, public_key: publicKey, counter, transports, waits_until }) => ({
        ...{ id, account, publicKey, counter: Number(counter), transports },
        waitsUntilMs: waits_until?.getTime() ?? null,
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
    async list(account) {
      return (await rowsOf(account)).map(({ id, name, created_at, used_at, waits_until }) => ({
        ...{ id, name, createdAt: created_at, usedAt: used_at, waitsUntil: waits_until },
      }));
    },
    async add({ id, account, publicKey, counter, transports }, { name, waitsHours }) {
      return db.$transaction(async (tx) => {
        await tx.$queryRaw`select 1 from "user" where id = ${account} for no key update`; // who adds many at once adds them in turn
        if ((await tx.passkey.count({ where: { accountId: account } })) >= MOST_PASSKEYS) return "passkeys_full";
        const count = await tx.$executeRaw`
          insert into passkey (id, account_id, name, public_key, counter, transports, counts_from)
          values (${id}, ${account}, ${name}, ${Uint8Array.from(publicKey)}, ${counter}, ${[...transports]},
                  now() + make_interval(hours => ${waitsHours}::int))
          on conflict (id) do nothing`;
        return count === 1 ? "added" : "passkey_taken";
      });
    },
    async rename(accountId, id, name) {
      return (await db.passkey.updateMany({ where: { accountId, id }, data: { name } })).count === 1;
    },
    async remove(accountId, id) {
      return (await db.passkey.deleteMany({ where: { accountId, id } })).count === 1;
    },
    async removeWaiting(account, id) {
      const count = await db.$executeRaw`
        delete from passkey where account_id = ${account} and id = ${id} and counts_from > now()`;
      return count === 1;
    },
  };
}
