import type { PoolClient } from "pg";
import type { ChannelName } from "../channel";
import { URGENT } from "../kinds";
import { deliver } from "./expand";
import { readReceivers } from "./receivers";

/** A question that did not reach somebody who is asked. `problem` says why, as the end of a sentence about the channel. */
export type Undelivered = { operation: string; run: string; person: string; channel: ChannelName; problem: string };

/** What a ladder of approvals does about it, in the transaction that writes down that it is so. */
export type OnUndelivered = (client: PoolClient, undelivered: Undelivered) => Promise<void>;

type Failing = { id: string; channel: ChannelName; problem: string };
type Stuck = { notice: string; receiver: string; operation: string; run: string; payer: string; reached: boolean };

/**
 * Tells otherwise what a run waits for: the person it was meant for finds it in the studio and gets it by the next way in
 * their own order, and whoever pays for the run is told that it did not arrive. A ladder hears of it where the question has
 * reached nobody else outside the studio either. Once a sending.
 */
export async function escalate(
  client: PoolClient,
  sending: Failing,
  onUndelivered: OnUndelivered | null,
): Promise<string[]> {
  const { rows } = await client.query<Stuck>(
    `select n.id as notice, n.receiver_id as receiver, n.operation, n.run_id as run, r.owner_id as payer,
            exists (select from notice other join notice_delivery od on od.notice_id = other.id
                      join notice_sending os on os.id = od.sending_id and os.state = 'sent'
                     where other.operation = n.operation and other.kind = any($2)) as reached
       from notice_delivery d join notice n on n.id = d.notice_id join run r on r.id = n.run_id
       join question q on q.operation = n.operation and q.state = 'open'
      where d.sending_id = $1 and n.kind = any($2)`,
    [sending.id, URGENT],
  );
  const receivers = await readReceivers(client, [...new Set(rows.map(({ receiver }) => receiver))]);
  for (const { notice, receiver, operation, run, payer, reached } of rows) {
    await client.query("update notice set in_app = true where id = $1", [notice]);
    await tryNext(client, notice, receivers(receiver));
    if (payer !== receiver)
      await client.query("select tell_happening('notice_undelivered', $1, $2, array[$3])", [operation, run, payer]);
    const { channel, problem } = sending;
    if (!reached) await onUndelivered?.(client, { operation, run, person: receiver, channel, problem });
  }
  if (rows.length > 0) await client.query("select pg_notify('notice_due', '')");
  return [...new Set(rows.map(({ receiver }) => receiver))];
}

/** The first way in a person's order by which this notice has not been sent yet, at once. */
async function tryNext(
  client: PoolClient,
  notice: string,
  { addresses, order }: Awaited<ReturnType<Awaited<ReturnType<typeof readReceivers>>>>,
): Promise<void> {
  const { rows } = await client.query<{ channel: ChannelName }>(
    `select distinct a.channel from notice_delivery d join notice_address a on a.id = d.address_id where d.notice_id = $1`,
    [notice],
  );
  const tried = rows.map(({ channel }) => channel);
  const next = order.find((each) => !tried.includes(each) && addresses.some(({ channel }) => channel === each));
  const reached = addresses.filter(({ channel }) => channel === next);
  await deliver(
    client,
    notice,
    reached.map(({ id }) => ({ address: id, dueMs: Date.now() })),
  );
}
