import type { AccountId, RunId } from "@/flows/basics/ids";
import { Prisma, type PrismaClient } from "@/generated/prisma/client";

/** Something that waits for a person, because the studio could not go on: a run at a fault, or a letter to a run. */
export type Stopped = { id: string; run: RunId; flowName: string; cause: string; since: Date } & (
  | { kind: "run" }
  | { kind: "letter"; letter: bigint }
);
/** Where a page begins: behind the last of the page before. */
export type StoppedBefore = { since: Date; id: string };
export type LetterRetried = "retried" | "letter_not_found" | "letter_replaced";

export type StoppedRepo = {
  /** What stopped and nobody has set aside, the latest first. */
  list(owner: AccountId, page: { before?: StoppedBefore; take: number }): Promise<Stopped[]>;
  /** Puts a letter back into the mail of its run, with the time at which it was written. */
  retryLetter(owner: AccountId, letter: bigint): Promise<LetterRetried>;
  /** Takes a letter off the list for good. False when there is none of this owner's. */
  setLetterAside(owner: AccountId, letter: bigint): Promise<boolean>;
  /** Takes a run at a fault off the list: it stands where it stood, and may still be retried. False when none has. */
  setRunAside(owner: AccountId, run: RunId): Promise<boolean>;
};

type Row = { letter: bigint | null; id: string; run: RunId; flow_name: string; cause: string; since: Date };

export function stoppedRepo(db: PrismaClient): StoppedRepo {
  return {
    async list(owner, { before, take }) {
      const later = before ? Prisma.sql`where (since, id) < (${before.since}, ${before.id})` : Prisma.empty;
      const rows = await db.$queryRaw<Row[]>`
        select * from (
          select null::bigint as letter, id, id as run, flow_name, fault as cause, faulted_at as since from run
           where owner_id = ${owner} and faulted_at is not null and fault is not null and fault_seen_at is null
          union all
          select d.id, 'letter ' || d.id, d.run_id, r.flow_name, d.cause, d.died_at
            from dead_letter d join run r on r.id = d.run_id
           where d.owner_id = ${owner} and d.resolved_at is null
        ) stopped ${later} order by since desc, id desc limit ${take}`;
      return rows.map(({ letter, flow_name, ...row }) => {
        const stopped = { ...row, flowName: flow_name };
        return letter === null ? { kind: "run", ...stopped } : { kind: "letter", letter, ...stopped };
      });
    },
    async retryLetter(owner, letter) {
      const [row] = await db.$queryRaw<{ found: boolean; posted: boolean }[]>`
        with mine as (
          select id, run_id, key, event, written_at from dead_letter
           where id = ${letter} and owner_id = ${owner} and resolved_at is null for update
        ), posted as (
          insert into run_inbox (run_id, key, event, created_at) select run_id, key, event, written_at from mine
          on conflict (run_id, key) do nothing returning run_id
        ), taken as (
          delete from dead_letter where id in (select id from mine) and exists (select 1 from posted)
        ), flag as (
          update run set wake_at = least(coalesce(wake_at, now()), now()) where id in (select run_id from posted) returning id
        )
        select exists (select 1 from mine) as found, exists (select 1 from posted) as posted,
               (select pg_notify('run_mail', id)::text from flag) as told`;
      if (row?.posted) return "retried";
      return row?.found ? "letter_replaced" : "letter_not_found";
    },
    async setLetterAside(owner, id) {
      const now = { resolvedAt: new Date(), resolvedBy: owner };
      const open = { id, ownerId: owner, resolvedAt: null };
      const { count } = await db.deadLetter.updateMany({ where: open, data: now });
      return count === 1;
    },
    async setRunAside(owner, id) {
      const seen = { faultSeenAt: new Date(), faultSeenBy: owner };
      const { count } = await db.run.updateMany({ where: { id, ownerId: owner, fault: { not: null } }, data: seen });
      return count === 1;
    },
  };
}
