import type { Pool } from "pg";
import type { AccountId } from "@/flows/basics/ids";
import { CHANNELS, type ChannelName, type Fact } from "../channel";
import {
  type Chosen,
  FIRST_ORDER,
  isFixed,
  isWanted,
  NOTICE_KINDS,
  type NoticeKind,
  PLACES,
  type Place,
} from "../kinds";
import { isZone } from "../outbox/quiet";
import { keptAddresses, type Ring } from "./addresses";
import { undelivered } from "./undelivered";

export type ShownNotice = {
  id: string;
  kind: NoticeKind;
  title: string;
  text: string;
  facts: Fact[];
  path: string;
  action: string;
  times: number;
  at: Date;
  readAt: Date | null;
};

/** What somebody wants to be told, where: every kind with every place. `fixed` ones cannot be chosen away. */
export type Wanted = { kind: NoticeKind; place: Place; wanted: boolean; fixed: boolean };
/** Minutes of the day; equal ones are no quiet. `order`: which way is tried next when one fails. */
export type NoticeSettings = { zone: string; quietFrom: number; quietUntil: number; order: ChannelName[] };
type SetUpChannel = { channel: ChannelName; isSetUp: boolean; words: string; publicKey: string | null };

const FIRST_SETTINGS: NoticeSettings = { zone: "UTC", quietFrom: 0, quietUntil: 0, order: [...FIRST_ORDER] };

/** Notices as their readers have them, and what they chose. */
export type KeptNotices = ReturnType<typeof keptNotices>;

export function keptNotices(pool: Pool, ring: Ring) {
  return {
    isZone,
    addresses: keptAddresses(pool, ring),
    undelivered: undelivered(pool),
    /** The latest first. */
    async list(owner: AccountId, { before, take }: { before: Date | null; take: number }): Promise<ShownNotice[]> {
      const { rows } = await pool.query<ShownNotice>(
        `select id, kind, title, text, facts, path, action, times, at, read_at as "readAt" from notice
          where receiver_id = $1 and in_app and ($2::timestamptz is null or at < $2) order by at desc, id limit $3`,
        [owner, before, take],
      );
      return rows;
    },
    async countUnread(owner: AccountId): Promise<number> {
      const { rows } = await pool.query<{ unread: number }>(
        "select count(*)::int as unread from notice where receiver_id = $1 and in_app and read_at is null",
        [owner],
      );
      return rows[0]?.unread ?? 0;
    },
    /** Null reads all. */
    async markRead(owner: AccountId, ids: readonly string[] | null): Promise<void> {
      await pool.query(
        "update notice set read_at = now() where receiver_id = $1 and read_at is null and ($2::text[] is null or id = any($2))",
        [owner, ids],
      );
    },
    async channels(): Promise<SetUpChannel[]> {
      const { rows } = await pool.query<SetUpChannel>(
        `select channel, is_set_up as "isSetUp", words, public_key as "publicKey" from notice_channel`,
      );
      const absent = { isSetUp: false, words: "No worker has said yet whether it is set up.", publicKey: null };
      return CHANNELS.map((channel) => rows.find((row) => row.channel === channel) ?? { channel, ...absent });
    },
    async wanted(owner: AccountId): Promise<Wanted[]> {
      const { rows } = await pool.query<Chosen>(
        "select kind, channel, wanted from notice_preference where owner_id = $1",
        [owner],
      );
      return NOTICE_KINDS.flatMap((kind) =>
        PLACES.map((place) => ({
          ...{ kind, place, wanted: isWanted(kind, place, rows) },
          fixed: isFixed(kind, place),
        })),
      );
    },
    async want(
      owner: AccountId,
      { kind, place, wanted }: { kind: NoticeKind; place: Place; wanted: boolean },
    ): Promise<void> {
      await pool.query(
        `insert into notice_preference (owner_id, kind, channel, wanted) values ($1, $2, $3, $4)
         on conflict (owner_id, kind, channel) do update set wanted = $4`,
        [owner, kind, place, wanted],
      );
    },
    async settings(owner: AccountId): Promise<NoticeSettings> {
      const { rows } = await pool.query<NoticeSettings>(
        `select zone, quiet_from as "quietFrom", quiet_until as "quietUntil", channel_order as "order" from notice_setting where owner_id = $1`,
        [owner],
      );
      return rows[0] ?? FIRST_SETTINGS;
    },
    async set(owner: AccountId, { zone, quietFrom, quietUntil, order }: NoticeSettings): Promise<void> {
      await pool.query(
        `insert into notice_setting (owner_id, zone, quiet_from, quiet_until, channel_order) values ($1, $2, $3, $4, $5)
         on conflict (owner_id) do update set zone = $2, quiet_from = $3, quiet_until = $4, channel_order = $5`,
        [owner, zone, quietFrom, quietUntil, order],
      );
    },
  };
}
