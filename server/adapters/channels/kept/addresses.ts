import { createHash, randomBytes, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { inTransaction } from "../../connection";
import type { ChannelName, Target } from "../channel";
import { placeOf } from "../outbox/send";

/** Seals what is to be opened in one place alone. */
export type Ring = {
  current(): string;
  seal(secret: string, place: string): { sealed: string; keyId: string };
  open(sealed: { sealed: string; keyId: string }, place: string): string;
};

/** Where notices are to go. `label` is how its owner knows it again; `target` is what the channel sends to. */
export type NewAddress = { channel: ChannelName; label: string; target: Target };

/** Addresses that somebody has, and how often within a day a check was sent for them, and to one address by whomever. */
type AddressesNow = { present: number; byOwner: number; toTarget: number };
type Judge<E> = (now: AddressesNow) => E | null;
type NotFound = { code: "notice_address_not_found" };
type Added<E> = Result<{ id: string; secret: string | null }, E | { code: "notice_address_known" }>;

export type ShownAddress = {
  id: string;
  channel: ChannelName;
  label: string;
  verifiedAt: Date | null;
  needsCode: boolean;
  goneAt: Date | null;
  goneWhy: string | null;
  last: { kind: string; state: string; problem: string | null; attempts: number; dueAt: Date; at: Date } | null;
};

const CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"; // none that is taken for another, no vowels for words
const CODE_LENGTH = 8;
const MOST_TRIES = 5;
const SECRET_BYTES = 32;

/** Addresses of people, each theirs alone to see. What is sent there is sealed on its way in, and opened to be sent to. */
export function keptAddresses(pool: Pool, ring: Ring) {
  return {
    /** An address that was gone for a while is told for a week, with why. */
    async list(owner: AccountId): Promise<ShownAddress[]> {
      const { rows } = await pool.query<ShownAddress>(LISTED, [owner]);
      return rows.map((row) => ({
        ...row,
        last: row.last && { ...row.last, dueAt: new Date(row.last.dueAt), at: new Date(row.last.at) },
      }));
    },
    /**
     * Keeps an address and sends a check there, unless whoever asked is its own proof. Gives the secret that a webhook is
     * signed with, once. `judge` sees what there is while nobody else adds anything.
     */
    add<E>(owner: AccountId, { channel, label, target }: NewAddress, judge: Judge<E>): Promise<Added<E>> {
      const id = randomUUID();
      const secret = channel === "webhook" ? `whsec_${randomBytes(SECRET_BYTES).toString("base64")}` : null;
      const whole = secret ? { ...target, secret } : target;
      const digest = targetDigest(channel, target);
      return inTransaction<Added<E>>(pool, async (client) => {
        const refusal = judge(await standing(client, { owner, target: digest }));
        if (refusal !== null) return { keep: false, answer: err(refusal) };
        const { sealed, keyId } = ring.seal(JSON.stringify(whole), placeOf(id));
        const { rowCount } = await client.query(
          `insert into notice_address (id, owner_id, channel, label, target, sealed, key_id, verified_at)
           values ($1, $2, $3, $4, $5, $6, $7, case when $3 = 'push' then now() end) on conflict do nothing`,
          [id, owner, channel, label, digest, sealed, keyId],
        );
        if (rowCount === 0) return { keep: false, answer: err({ code: "notice_address_known" }) };
        if (channel !== "push") await check(client, { id, channel, whole });
        return { keep: true, answer: ok({ id, secret }) };
      });
    },
    /** Sends another check to an address that is not proved yet, if `judge` lets it. */
    checkAgain<E>(owner: AccountId, id: string, judge: Judge<E>): Promise<Result<null, E | NotFound>> {
      return inTransaction<Result<null, E | NotFound>>(pool, async (client) => {
        await client.query(ONE_AT_A_TIME);
        const { rows } = await client.query<Row & { target: string }>(
          `select channel, sealed, key_id, target from notice_address
            where id = $1 and owner_id = $2 and verified_at is null and gone_at is null for update`,
          [id, owner],
        );
        const [row] = rows;
        if (!row) return { keep: false, answer: err({ code: "notice_address_not_found" }) };
        const refusal = judge(await standing(client, { owner, target: row.target }));
        if (refusal !== null) return { keep: false, answer: err(refusal) };
        const { code: _, ...whole } = JSON.parse(ring.open({ sealed: row.sealed, keyId: row.key_id }, placeOf(id)));
        await check(client, { id, channel: row.channel, whole });
        return { keep: true, answer: ok(null) };
      });
    },
    /** Holds a code against the one that was sent. `over`: it is too old, or was guessed at too often. */
    confirm(owner: AccountId, id: string, code: string): Promise<"confirmed" | "wrong" | "over" | "not_found"> {
      return inTransaction(pool, async (client) => {
        const { rows } = await client.query<CheckRow>(
          `select verified_at is not null as verified, check_digest, check_tries, check_until > now() as valid
             from notice_address where id = $1 and owner_id = $2 and gone_at is null for update`,
          [id, owner],
        );
        const came = judgedCode(rows[0], { id, code });
        if (came === "confirmed")
          await client.query(
            "update notice_address set verified_at = coalesce(verified_at, now()), check_digest = null where id = $1",
            [id],
          );
        if (came === "wrong")
          await client.query("update notice_address set check_tries = check_tries + 1 where id = $1", [id]);
        return { keep: true, answer: came };
      });
    },
    async remove(owner: AccountId, id: string): Promise<boolean> {
      const { rowCount } = await pool.query(
        "update notice_address set gone_at = now(), gone_why = null where id = $1 and owner_id = $2 and gone_at is null",
        [id, owner],
      );
      return rowCount === 1;
    },
    /** Puts a test notice on its way to an address that is proved; null where there is none, else how many were sent in an hour. */
    test(owner: AccountId, id: string, most: number): Promise<{ sent: boolean } | null> {
      return inTransaction<{ sent: boolean } | null>(pool, async (client) => {
        const { rows } = await client.query<{ channel: ChannelName; tests: number }>(
          `select channel, (select count(*)::int from notice_sending s join notice_address o on o.id = s.address_id
                             where o.owner_id = $2 and s.kind = 'test' and s.created_at > now() - interval '1 hour') as tests
             from notice_address a where id = $1 and owner_id = $2 and verified_at is not null and gone_at is null for update`,
          [id, owner],
        );
        const [row] = rows;
        if (!row) return { keep: false, answer: null };
        if (row.tests >= most) return { keep: false, answer: { sent: false } };
        await queue(client, { id, channel: row.channel, kind: "test" });
        return { keep: true, answer: { sent: true } };
      });
    },
  };

  type Checked = { id: string; channel: ChannelName; whole: Target };

  /** A mail has to be answered by its code; what takes posts has shown enough by taking one. */
  async function check(client: PoolClient, { id, channel, whole }: Checked): Promise<void> {
    const code = channel === "email" ? freshCode() : null;
    const { sealed, keyId } = ring.seal(JSON.stringify(code ? { ...whole, code } : whole), placeOf(id));
    await client.query(
      `update notice_address set sealed = $2, key_id = $3, check_digest = $4, check_tries = 0,
              check_until = case when $4::text is not null then now() + interval '30 minutes' end where id = $1`,
      [id, sealed, keyId, code ? codeDigest(id, code) : null],
    );
    // A check that is still on its way would bring a code that no longer counts.
    await client.query(
      "update notice_sending set state = 'dropped', ended_at = now() where address_id = $1 and kind = 'check' and state = 'queued' and lease_until is null",
      [id],
    );
    await queue(client, { id, channel, kind: "check" });
  }
}

/** Two that count at once would both find room: whoever sends a check waits for whoever does. Short, and of no network. */
const ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('notice checks', 0))";

async function standing(
  client: PoolClient,
  { owner, target }: { owner: AccountId; target: string },
): Promise<AddressesNow> {
  await client.query(ONE_AT_A_TIME);
  const { rows } = await client.query<AddressesNow>(
    `select (select count(*)::int from notice_address where owner_id = $1 and gone_at is null) as present,
            count(*) filter (where a.owner_id = $1)::int as "byOwner", count(*) filter (where a.target = $2)::int as "toTarget"
       from notice_sending s join notice_address a on a.id = s.address_id
      where s.kind = 'check' and s.created_at > now() - interval '1 day' and (a.owner_id = $1 or a.target = $2)`,
    [owner, target],
  );
  return rows[0] ?? { present: 0, byOwner: 0, toTarget: 0 };
}

/** Seals with the current key what an older one sealed, so that the older one can be taken out of the file. */
export async function resealAddresses(pool: Pool, ring: Ring): Promise<number> {
  const { rows } = await pool.query<{ id: string; sealed: string; key_id: string }>(
    "select id, sealed, key_id from notice_address where key_id <> $1 and gone_at is null",
    [ring.current()],
  );
  for (const { id, sealed, key_id } of rows) {
    const anew = ring.seal(ring.open({ sealed, keyId: key_id }, placeOf(id)), placeOf(id));
    // Where somebody has changed it meanwhile, that stays.
    await pool.query("update notice_address set sealed = $2, key_id = $3 where id = $1 and sealed = $4", [
      id,
      anew.sealed,
      anew.keyId,
      sealed,
    ]);
  }
  return rows.length;
}

type Row = { channel: ChannelName; sealed: string; key_id: string };
type CheckRow = { verified: boolean; check_digest: string | null; check_tries: number; valid: boolean | null };

const LISTED = `
select a.id, a.channel, a.label, a.verified_at as "verifiedAt", a.check_digest is not null as "needsCode",
       a.gone_at as "goneAt", a.gone_why as "goneWhy",
       (select json_build_object('kind', s.kind, 'state', s.state, 'problem', s.problem, 'attempts', s.attempts,
                                 'dueAt', s.due_at, 'at', coalesce(s.ended_at, s.created_at))
          from notice_sending s where s.address_id = a.id order by s.created_at desc limit 1) as last
  from notice_address a
 where a.owner_id = $1 and (a.gone_at is null or a.gone_why is not null and a.gone_at > now() - interval '7 days')
 order by a.created_at`;

async function queue(
  client: PoolClient,
  { id, channel, kind }: { id: string; channel: ChannelName; kind: "check" | "test" },
) {
  await client.query("insert into notice_sending (id, address_id, channel, kind) values ($1, $2, $3, $4)", [
    randomUUID(),
    id,
    channel,
    kind,
  ]);
  await client.query("select pg_notify('notice_due', '')");
}

/** One address is one, however its letters are written; a browser's subscription is its endpoint. */
function targetDigest(channel: ChannelName, target: Target): string {
  const where = target.address?.toLowerCase() ?? target.endpoint ?? target.url ?? "";
  return createHash("sha256").update(`${channel} ${where}`).digest("hex");
}

function freshCode(): string {
  const letters = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
  return `${letters.slice(0, CODE_LENGTH / 2)}-${letters.slice(CODE_LENGTH / 2)}`;
}

function judgedCode(row: CheckRow | undefined, { id, code }: { id: string; code: string }) {
  if (!row) return "not_found";
  if (row.verified) return "confirmed";
  if (!row.check_digest || !row.valid || row.check_tries >= MOST_TRIES) return "over";
  return sameDigest(codeDigest(id, code), row.check_digest) ? "confirmed" : "wrong";
}

/** However it is typed: a code has no small letters, and its line is for the eye. */
function codeDigest(id: string, code: string): string {
  return createHash("sha256")
    .update(`${id} ${code.toUpperCase().replace(/[^A-Z0-9]/g, "")}`)
    .digest("hex");
}

function sameDigest(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
