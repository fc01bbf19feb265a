import { randomInt } from "node:crypto";
import type { Pool } from "pg";
import { z } from "zod";
import { err, type Result } from "@/flows/basics/result";
import { inTransaction } from "../../connection";
import type { Channel, ChannelName, Message, NotSent, Sent, Target } from "../channel";
import { MOST_ATTEMPTS, restMs } from "./again";
import { IS_DUE } from "./due";
import type { OnUndelivered } from "./escalate";
import { tellScreens } from "./expand";
import { messageOf, type SendingRow } from "./message";
import { noteFailure, noteSent, payersOf } from "./outcome";

/** Opens what was sealed for one place; throws where it was not. */
export type Open = (sealed: { sealed: string; keyId: string }, place: string) => string;

export type SendOptions = {
  pool: Pool;
  name: ChannelName;
  /** Null where the operator has not set it up. */
  channel: Channel | null;
  open: Open;
  studioUrl: string;
  onUndelivered?: OnUndelivered | null;
  failed(problem: unknown, sending: string): void;
  leaseS?: number;
  rest?: (attempts: number) => number;
};

/** What is bound into a sealed address, so that it opens in no other row. */
export const placeOf = (address: string) => `notice_address ${address}`;

/** More than any channel takes for one message. Units: seconds. */
const LEASE_S = 90;
const AT_ONCE = 4;
const ABSENT: NotSent = {
  code: "channel_absent",
  problem: "the operator of this studio has not set it up",
  final: true,
};
/** Whoever sends it dies of it each time, and writes nothing down: it would be begun for ever. */
const UNFINISHED: NotSent = {
  code: "channel_refused",
  problem: "it was begun as often as it may be, and never came to an end",
  final: true,
};
const BROKEN: NotSent = { code: "channel_refused", problem: "the studio met a fault of its own", final: false };

type Claimed = SendingRow & {
  token: string;
  attempts: number;
  sealed: string;
  key_id: string;
  owner_id: string;
  is_there: boolean;
};

const Targets = z.record(z.string(), z.string());

/**
 * Sends what is due by one channel, a few at once, until nothing is. Each message is one worker's while its lease lasts, and
 * what came of it is written only by whoever still holds it. A worker that dies in between leaves it to be sent again,
 * under the same id. Units: milliseconds until more is due, or null.
 */
export async function sendDue(options: SendOptions, stopped: () => boolean): Promise<number | null> {
  while (!stopped()) {
    const claimed = await claim(options);
    if (claimed.length === 0) break;
    await Promise.all(claimed.map((each) => sendOne(options, each)));
  }
  const { rows } = await options.pool.query<{ ms: number | null }>(
    `select (extract(epoch from min(greatest(due_at, coalesce(lease_until, due_at))) - now()) * 1000)::float8 as ms
       from notice_sending where channel = $1 and state = 'queued'`,
    [options.name],
  );
  return rows[0]?.ms ?? null;
}

async function claim({ pool, name, leaseS = LEASE_S }: SendOptions): Promise<Claimed[]> {
  const { rows } = await pool.query<Claimed>(
    `with taken as (
       update notice_sending s
          set lease_until = now() + make_interval(secs => $3), token = token + 1, attempts = attempts + 1
        where id in (select id from notice_sending
                      where channel = $1 and state = 'queued' and ${IS_DUE}
                        and (lease_until is null or lease_until <= now())
                      order by due_at limit $2 for update skip locked)
       returning s.id, s.address_id, s.kind, s.token, s.attempts)
     select t.id, t.address_id, t.kind, t.token::text, t.attempts, a.sealed, a.key_id, a.owner_id,
            a.gone_at is null as is_there, (select zone from notice_setting where owner_id = a.owner_id) as zone
       from taken t join notice_address a on a.id = t.address_id`,
    [name, AT_ONCE, leaseS],
  );
  return rows;
}

async function sendOne(options: SendOptions, claimed: Claimed): Promise<void> {
  const sent = await attempt(options, claimed).catch((problem): Result<Sent | "dropped", NotSent> => {
    options.failed(problem, claimed.id);
    return err(BROKEN);
  });
  await note(options, claimed, sent).catch((problem) => options.failed(problem, claimed.id)); // its lease runs out, and it is sent again
}

async function attempt(
  { pool, channel, open, studioUrl }: SendOptions,
  claimed: Claimed,
): Promise<Result<Sent | "dropped", NotSent>> {
  if (!claimed.is_there) return { ok: true, value: "dropped" };
  if (claimed.attempts > MOST_ATTEMPTS) return err(UNFINISHED);
  const { code, ...target } = targetOf(open, claimed);
  const message: Message | null = await messageOf(pool, claimed, { studioUrl, code });
  if (message === null) return { ok: true, value: "dropped" };
  return channel ? channel.send(message, target) : err(ABSENT);
}

function targetOf(open: Open, { address_id, sealed, key_id }: Claimed): Target {
  return Targets.parse(JSON.parse(open({ sealed, keyId: key_id }, placeOf(address_id))));
}

/** Writes down what came of it, and what follows from that, in one transaction: if it is still this worker's to say. */
async function note(options: SendOptions, claimed: Claimed, sent: Result<Sent | "dropped", NotSent>): Promise<void> {
  await inTransaction(options.pool, async (client) => {
    const { id, owner_id, token } = claimed;
    const held = await client.query<{ escalated: boolean }>(
      `select escalated_at is not null as escalated from notice_sending
        where id = $1 and token = $2 and state = 'queued' for update`,
      [id, token],
    );
    const [row] = held.rows;
    if (!row) return { keep: false, answer: null };
    const { onUndelivered = null, rest = chanceRest } = options;
    const told = sent.ok
      ? await noteSent(client, claimed, sent.value)
      : await noteFailure(client, {
          sending: { ...claimed, channel: options.name, escalated: row.escalated },
          error: sent.error,
          restMs: Math.max(sent.error.afterMs ?? 0, rest(claimed.attempts)),
          onUndelivered,
        });
    await tellScreens(client, [...new Set([owner_id, ...told, ...(await payersOf(client, id))])]);
    return { keep: true, answer: null };
  });
}

function chanceRest(attempts: number): number {
  return restMs(attempts, randomInt(MILLE) / MILLE);
}

const MILLE = 1_000;
