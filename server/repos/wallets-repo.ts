import { AccountId } from "@/flows/basics/ids";
import { WalletAddress } from "@/flows/receipts/sign-in-message";
import type { Prisma, PrismaClient } from "@/generated/prisma/client";
import type { Account } from "./accounts-repo";

/** What a wallet is asked to sign for. */
export type WalletPurpose = "sign_in" | "link" | "unlink" | "payout";

/** Words that wait for a signature. `account` is who asks, null for a stranger; `about` what else they are about. */
export type Challenge = {
  purpose: WalletPurpose;
  account: AccountId | null;
  about: string | null;
  issuedAt: Date;
  expiresAt: Date;
};

/** `waitsUntil`: until then it opens the account and signs no yes; null once it does. */
export type LinkedWallet = { address: WalletAddress; linkedAt: Date; waitsUntil: Date | null };
/** Which wallet, and how many hours from now on it counts. */
type NewLink = { address: WalletAddress; waitsHours: number };

export type WalletsRepo = {
  /** Times are the database's own. */
  issue(
    nonce: string,
    challenge: Pick<Challenge, "purpose" | "account" | "about">,
  ): Promise<Pick<Challenge, "issuedAt" | "expiresAt">>;
  /** The challenge, once and before it expires; null from then on. */
  take(nonce: string): Promise<Challenge | null>;
  accountOf(address: WalletAddress): Promise<Account | null>;
  linked(account: AccountId): Promise<LinkedWallet | null>;
  /**
   * The first who asks has it. To link it again changes nothing, unless that was confirmed (`waitsHours` 0): from then on it
   * counts, if it did not yet.
   */
  link(account: AccountId, link: NewLink): Promise<"linked" | "wallet_taken" | "account_has_wallet">;
  unlink(account: AccountId, address: WalletAddress): Promise<boolean>;
  /** Unlinks it if it does not count yet. */
  unlinkWaiting(account: AccountId, address: WalletAddress): Promise<boolean>;
  /** Null lets earnings go to the linked wallet again. */
  setPayout(account: AccountId, address: WalletAddress | null): Promise<void>;
  /** Where an account is paid on chain: the address that it chose, else its wallet once that counts; null when neither is there. */
  payoutWalletOf(account: AccountId): Promise<WalletAddress | null>;
};

const KEPT_S = 300;
/** Strangers ask for challenges, too: what nobody signed in time is not kept. */
const SWEPT = 500;

type Row = { purpose: string; account_id: string | null; about: string | null; issued_at: Date; expires_at: Date };

/** `house` is who publishes the studio's own agents, and where the operator has it paid on chain. */
export function walletsRepo(
  db: PrismaClient,
  house: { account: AccountId; payout: WalletAddress | null },
): WalletsRepo {
  return {
    async issue(nonce, { purpose, account, about }) {
      await db.$executeRaw`delete from wallet_challenge where nonce in
        (select nonce from wallet_challenge where expires_at < now() limit ${SWEPT})`;
      const [row] = await db.$queryRaw<Row[]>`
        insert into wallet_challenge (nonce, purpose, account_id, about, issued_at, expires_at)
        values (${nonce}, ${purpose}, ${account}, ${about}, now(), now() + make_interval(secs => ${KEPT_S}))
        returning issued_at, expires_at`;
      if (!row) throw new Error("a challenge was not kept");
      return { issuedAt: row.issued_at, expiresAt: row.expires_at };
    },
    async take(nonce) {
      const [row] = await db.$queryRaw<Row[]>`
        update wallet_challenge set taken_at = now()
        where nonce = ${nonce} and taken_at is null and expires_at > now()
        returning purpose, account_id, about, issued_at, expires_at`;
      if (!row) return null;
      return {
        purpose: row.purpose as WalletPurpose,
        account: row.account_id === null ? null : AccountId.parse(row.account_id),
        ...{ about: row.about, issuedAt: row.issued_at, expiresAt: row.expires_at },
      };
    },
    async accountOf(address) {
      const row = await db.walletLink.findUnique({
        where: { address },
        select: { account: { select: { id: true, name: true } } },
      });
      return row ? { id: AccountId.parse(row.account.id), name: row.account.name } : null;
    },
    linked: (account) => linkedTo(db, account),
    async link(accountId, { address, waitsHours }) {
      const isNew = await db.$executeRaw`insert into wallet_link (address, account_id, counts_from)
        values (${address}, ${accountId}, now() + make_interval(hours => ${waitsHours}::int)) on conflict do nothing`;
      if (!isNew && waitsHours === 0)
        await db.$executeRaw`update wallet_link set counts_from = now()
          where address = ${address} and account_id = ${accountId} and counts_from > now()`;
      const row = await db.walletLink.findUnique({ where: { address } });
      if (row?.accountId === accountId) return "linked"; // now, or when it was asked the first time
      return row ? "wallet_taken" : "account_has_wallet";
    },
    async unlink(accountId, address) {
      return db.$transaction(async (all) => {
        const { count } = await all.walletLink.deleteMany({ where: { accountId, address } });
        return count === 1 && unpaid(all, accountId, address);
      });
    },
    async unlinkWaiting(accountId, address) {
      return db.$transaction(async (all) => {
        const count = await all.$executeRaw`
          delete from wallet_link where account_id = ${accountId} and address = ${address} and counts_from > now()`;
        return count === 1 && unpaid(all, accountId, address);
      });
    },
    async setPayout(accountId, address) {
      if (address === null) await db.payoutWallet.deleteMany({ where: { accountId } });
      else
        await db.payoutWallet.upsert({
          where: { accountId },
          create: { accountId, address },
          update: { address, setAt: new Date() },
        });
    },
    async payoutWalletOf(account) {
      if (account === house.account) return house.payout;
      const chosen = await db.payoutWallet.findUnique({ where: { accountId: account } });
      if (chosen) return WalletAddress.parse(chosen.address);
      const linked = await linkedTo(db, account);
      return linked?.waitsUntil === null ? linked.address : null; // whoever found a browser open is not paid by that
    },
  };
}

/** Nobody is paid at a wallet that they have taken away, also where it was named as the one to be paid at. */
async function unpaid(tx: Prisma.TransactionClient, accountId: AccountId, address: WalletAddress): Promise<true> {
  await tx.payoutWallet.deleteMany({ where: { accountId, address } });
  return true;
}

type LinkRow = { address: string; linked_at: Date; waits_until: Date | null };

/** Whether it counts is said by the database's own time. */
async function linkedTo(db: PrismaClient, accountId: AccountId): Promise<LinkedWallet | null> {
  const [row] = await db.$queryRaw<LinkRow[]>`
    select address, linked_at, case when counts_from > now() then counts_from end as waits_until
      from wallet_link where account_id = ${accountId}`;
  return row
    ? { address: WalletAddress.parse(row.address), linkedAt: row.linked_at, waitsUntil: row.waits_until }
    : null;
}
