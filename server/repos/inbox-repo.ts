import type { RunId } from "@/flows/basics/ids";
import { toStored } from "@/flows/plan/stored";
import type { Answer, CancelAsked, Start, Steering } from "@/flows/run/events";
import type { PrismaClient } from "@/generated/prisma/client";

/** What a person tells a run. It counts from when it is delivered; the worker takes no answer of an agent this way. */
export type Tidings = Start | CancelAsked | Steering | Extract<Answer, { type: "approval_answered" | "outcome_told" }>;
export type Delivery = { run: RunId; key: string; event: Tidings };

export type InboxRepo = {
  /** Leaves mail for a run and wakes whoever drives it, once per key. False when this key has been delivered before. */
  deliver(delivery: Delivery): Promise<boolean>;
};

export function inboxRepo(db: PrismaClient): InboxRepo {
  return {
    async deliver({ run, key, event }) {
      // One statement: a letter without its flag would lie unread, and a notice goes out with the commit.
      const rows = await db.$queryRaw<{ run: string }[]>`
        with letter as (
          insert into run_inbox (run_id, key, event) values (${run}, ${key}, ${toStored(event)})
          on conflict (run_id, key) do nothing returning run_id
        ), flag as (
          update run set wake_at = least(coalesce(wake_at, now()), now()) where id in (select run_id from letter) returning id
        )
        select id as run, pg_notify('run_mail', id)::text from flag`;
      return rows.length > 0;
    },
  };
}
