import type { PoolClient } from "pg";
import type { ChannelName } from "../channel";
import { type Chosen, FIRST_ORDER, isWanted } from "../kinds";
import { afterQuiet, type Quiet } from "./quiet";
import type { Told } from "./told";

/** Where one person can be reached, and what they chose. Addresses are those that are proved to be theirs. */
export type Receiver = {
  addresses: readonly { id: string; channel: ChannelName }[];
  chosen: readonly Chosen[];
  quiet: Quiet | null;
  order: readonly ChannelName[];
};

const NOBODY_KNOWN: Receiver = { addresses: [], chosen: [], quiet: null, order: FIRST_ORDER };

export async function readReceivers(client: PoolClient, people: readonly string[]): Promise<(id: string) => Receiver> {
  const { rows } = await client.query<Receiver & { id: string }>(
    `select u.id,
            coalesce((select json_agg(json_build_object('id', a.id, 'channel', a.channel) order by a.created_at)
                        from notice_address a
                       where a.owner_id = u.id and a.verified_at is not null and a.gone_at is null), '[]') as addresses,
            coalesce((select json_agg(p) from notice_preference p where p.owner_id = u.id), '[]') as chosen,
            (select json_build_object('zone', s.zone, 'from', s.quiet_from, 'until', s.quiet_until)
               from notice_setting s where s.owner_id = u.id) as quiet,
            coalesce((select s.channel_order from notice_setting s where s.owner_id = u.id), $2) as "order"
       from "user" u where u.id = any($1)`,
    [people, FIRST_ORDER],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return (id) => known.get(id) ?? NOBODY_KNOWN;
}

export type Outward = { address: string; dueMs: number };

/**
 * Which addresses a notice goes to, and when. Quiet hours hold it back, unless what it asks for would be over by then: a
 * night must not refuse in somebody's name. `heldUntilMs`: its sender has told this person a lot, and it waits to be one
 * message with the rest.
 */
export function outward(
  told: Told,
  receiver: Receiver,
  { nowMs, heldUntilMs }: { nowMs: number; heldUntilMs: number },
): Outward[] {
  const wanted = receiver.addresses.filter(({ channel }) => isWanted(told.kind, channel, receiver.chosen));
  const awake = receiver.quiet ? afterQuiet(nowMs, receiver.quiet) : nowMs;
  const isTooLate = told.untilMs !== null && told.untilMs <= awake;
  const dueMs = Math.max(isTooLate ? nowMs : awake, heldUntilMs);
  return wanted.map(({ id }) => ({ address: id, dueMs }));
}
