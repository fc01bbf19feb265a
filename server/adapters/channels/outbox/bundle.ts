import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../connection";
import type { ChannelName } from "../channel";
import { IS_DUE } from "./due";

const ADDRESSES_AT_ONCE = 50;
/** More than so many that are due together are one message. */
const MOST_APART = 3;
const MOST_TOGETHER = 50;
/** Messages that one address gets in an hour; what comes on top waits to be one. */
const MOST_AN_HOUR = 30;

/** The channels for which there is something to send by now, and whether there may be more. */
export type Bundled = { channels: ReadonlySet<ChannelName>; more: boolean };

/**
 * Makes messages of what is due to go out: each by itself while it is little, together when it is much. An address is in
 * the hands of one worker at a time. What a message holds never changes after that, so that its id stands for it.
 */
export async function bundleSome(pool: Pool): Promise<Bundled> {
  const { rows } = await pool.query<{ address_id: string }>(
    `select distinct address_id from notice_delivery
      where sending_id is null and dropped is null and ${IS_DUE} limit $1`,
    [ADDRESSES_AT_ONCE],
  );
  const channels = new Set<ChannelName>();
  for (const { address_id } of rows) {
    const channel = await inTransaction(pool, async (client) => ({
      keep: true,
      answer: await bundle(client, address_id),
    }));
    if (channel) channels.add(channel);
  }
  return { channels, more: rows.length === ADDRESSES_AT_ONCE && channels.size > 0 };
}

async function bundle(client: PoolClient, address: string): Promise<ChannelName | null> {
  const found = await client.query<{ channel: ChannelName; is_there: boolean }>(
    "select channel, gone_at is null as is_there from notice_address where id = $1 for update skip locked",
    [address],
  );
  const [to] = found.rows;
  if (!to) return null; // in another worker's hands
  if (!to.is_there) {
    await client.query(
      "update notice_delivery set dropped = 'address_gone' where address_id = $1 and sending_id is null and dropped is null",
      [address],
    );
    return null;
  }
  const { rows: due } = await client.query<{ notice_id: string }>(
    `select notice_id from notice_delivery
      where address_id = $1 and sending_id is null and dropped is null and ${IS_DUE}
      order by due_at, created_at limit $2`,
    [address, MOST_TOGETHER],
  );
  const { rows: counted } = await client.query<{ sent: number }>(
    `select count(*)::int as sent from notice_sending
      where address_id = $1 and kind = 'notices' and created_at > now() - interval '1 hour'`,
    [address],
  );
  const left = MOST_AN_HOUR - (counted[0]?.sent ?? 0);
  const notices = due.map(({ notice_id }) => notice_id);
  if (left <= 0) {
    await client.query(
      `update notice_delivery set due_at = date_trunc('hour', now()) + interval '1 hour'
        where address_id = $1 and notice_id = any($2) and sending_id is null`,
      [address, notices],
    );
    return null;
  }
  const apart = notices.length <= Math.min(MOST_APART, left);
  for (const each of apart ? notices.map((notice) => [notice]) : [notices]) await send(client, { address, to, each });
  return to.channel;
}

type Sending = { address: string; to: { channel: ChannelName }; each: readonly string[] };

async function send(client: PoolClient, { address, to, each }: Sending): Promise<void> {
  if (each.length === 0) return;
  const id = randomUUID();
  await client.query("insert into notice_sending (id, address_id, channel, kind) values ($1, $2, $3, 'notices')", [
    id,
    address,
    to.channel,
  ]);
  await client.query(
    "update notice_delivery set sending_id = $1 where address_id = $2 and notice_id = any($3) and sending_id is null",
    [id, address, each],
  );
}
