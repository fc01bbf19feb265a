import type { Pool } from "pg";
import { CHANNELS, type Channel, type ChannelName } from "../channel";
import { bundleSome } from "./bundle";
import type { OnUndelivered } from "./escalate";
import { tellSome } from "./expand";
import { type Open, type SendOptions, sendDue } from "./send";

/** A channel as the operator has set it up, or why it is not; `publicKey` is what browsers have to be told. */
export type SetUp = { channel: Channel | null; words: string; publicKey?: string };
export type Ways = Readonly<Record<ChannelName, SetUp>>;

export type OutboxOptions = {
  pool: Pool;
  ways: Ways;
  open: Open;
  studioUrl: string;
  failed: SendOptions["failed"];
  onUndelivered?: OnUndelivered | null;
};

/** What was sent is kept for so long, to be looked at; a notice that was never read as well. */
const KEPT = "90 days";
const SWEEP_MS = 3_600_000;

/** Notices and what brings them out of the studio, for any number of workers on one database. */
export function outbox({ pool, ways, open, studioUrl, failed, onUndelivered = null }: OutboxOptions) {
  let sweptMs = 0;
  const telling = {
    async carryOut(stopped: () => boolean): Promise<number | null> {
      while (!stopped() && (await tellSome(pool)));
      while (!stopped() && (await bundleSome(pool)).more);
      if (Date.now() - sweptMs > SWEEP_MS) {
        await sweep(pool);
        sweptMs = Date.now();
      }
      return untilDue(pool);
    },
  };
  const bringing = CHANNELS.map((name) => {
    const options: SendOptions = { pool, name, channel: ways[name].channel, open, studioUrl, failed, onUndelivered };
    return { carryOut: (stopped: () => boolean) => sendDue(options, stopped) };
  });
  return {
    notices: { telling, ways: bringing },
    /** Says on the screens what is set up: the web process holds no key and no address of it. */
    announce: () => announce(pool, ways),
    close: () => Promise.all(CHANNELS.map((name) => ways[name].channel?.close())),
  };
}

async function untilDue(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ ms: number | null }>(
    `select (extract(epoch from min(due_at) - now()) * 1000)::float8 as ms from (
       (select due_at from notice_happening order by due_at limit 1) union all
       (select due_at from notice_delivery where sending_id is null and dropped is null order by due_at limit 1)) as waiting`,
  );
  return rows[0]?.ms ?? null;
}

async function announce(pool: Pool, ways: Ways): Promise<void> {
  for (const name of CHANNELS) {
    const { channel, words, publicKey = null } = ways[name];
    await pool.query(
      `insert into notice_channel (channel, is_set_up, words, public_key) values ($1, $2, $3, $4)
       on conflict (channel) do update set is_set_up = $2, words = $3, public_key = $4`,
      [name, channel !== null, words, publicKey],
    );
  }
}

async function sweep(pool: Pool): Promise<void> {
  await pool.query(`delete from notice where at < now() - interval '${KEPT}'`); // with what is said of its deliveries
  await pool.query(
    `delete from notice_sending where state <> 'queued' and created_at < now() - interval '${KEPT}'
       and not exists (select from notice_delivery d where d.sending_id = notice_sending.id)`,
  );
}
