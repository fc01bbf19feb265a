import type { RunId } from "@/flows/basics/ids";
import { toStored } from "@/flows/plan/stored";
import type { Answer, CancelAsked, Start, Steering } from "@/flows/run/events";
import type { PrismaClient } from "@/generated/prisma/client";

/** What a person tells a run. It counts from when it is posted; the worker takes no answer of an agent this way. */
export type Tidings = Start | CancelAsked | Steering | Extract<Answer, { type: "approval_answered" | "outcome_told" }>;
export type Delivery = { run: RunId; key: string; event: Tidings };

/** `repeated`: this key has been posted before. `mail_full`: the run has more unread letters than it may. */
export type Posted = "posted" | "repeated" | "mail_full";

export type InboxRepo = {
  /** Leaves mail for a run and wakes whoever drives it, once per key. */
  post(delivery: Delivery): Promise<Posted>;
};

/** Letters that a run may have unread: many at once go over it by as many, which is no harm. */
export const MOST_UNREAD = 256;

export function inboxRepo(db: PrismaClient): InboxRepo {
  return {
    async post({ run, key, event }) {
      const always = event.type === "cancel_asked"; // whoever pays can stop a run, whatever lies in its mail
      // One statement: a letter without its flag would lie unread, and a notice goes out with the commit.
      const [row] = await db.$queryRaw<{ posted: boolean; is_full: boolean; known: boolean }[]>`
        with unread as (
          select count(*) >= ${MOST_UNREAD} as is_full
            from (select 1 from run_inbox where run_id = ${run} limit ${MOST_UNREAD}) counted
        ), letter as (
          insert into run_inbox (run_id, key, event)
          select ${run}, ${key}, ${toStored(event)} from unread where not is_full or ${always}
          on conflict (run_id, key) do nothing returning run_id
        ), flag as (
          update run set wake_at = least(coalesce(wake_at, now()), now()) where id in (select run_id from letter) returning id
        )
        select exists (select 1 from letter) as posted, unread.is_full,
               exists (select 1 from run_inbox where run_id = ${run} and key = ${key}) as known,
               (select pg_notify('run_mail', id)::text from flag) as told
          from unread`;
      if (!row) throw new Error(`nothing is known of the mail of ${run}`);
      if (row.posted) return "posted";
      return row.is_full && !row.known ? "mail_full" : "repeated";
    },
  };
}
