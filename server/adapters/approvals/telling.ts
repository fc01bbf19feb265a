import type { Pool } from "pg";
import type { RunId } from "@/flows/basics/ids";
import type { ChannelPort, Notice } from "@/flows/ports/channel";
import { undelivered } from "./climbing";

const AT_ONCE = 20;
/** After so many failures people count as not told. */
const MOST_TRIES = 3;
/** Until a notice is tried again; it doubles with every failure. Units: milliseconds. */
const AGAIN_MS = 10_000;

/**
 * Tells people of questions that wait for them. A channel that fails is tried again; one that keeps failing makes the question
 * undelivered, and asks whoever stands next on its ladder.
 */
export async function tellPeople(pool: Pool, channel: ChannelPort): Promise<void> {
  const { rows } = await pool.query<{ operation: string; run_id: RunId; people: string[]; tries: number }>(
    `update question set notify_tries = notify_tries + 1,
            notify_at = now() + $2 * power(2, notify_tries) * interval '1 millisecond'
      where operation in (select operation from question where state = 'open' and notify_at <= now()
                           order by notify_at limit $1 for update skip locked)
     returning operation, run_id, approvers as people, notify_tries as tries`,
    [AT_ONCE, AGAIN_MS],
  );
  for (const { run_id: run, ...row } of rows) await tellOne(pool, channel, { run, ...row });
}

async function tellOne(pool: Pool, channel: ChannelPort, notice: Notice): Promise<void> {
  const { operation, people, tries } = notice;
  const told = await channel.tell(notice);
  if (!told.ok && tries < MOST_TRIES) return;
  await pool.query("update question set notify_at = null where operation = $1 and notify_tries = $2", [
    operation,
    tries,
  ]);
  if (!told.ok) await undelivered(pool, operation, people);
}
