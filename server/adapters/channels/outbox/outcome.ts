import type { PoolClient } from "pg";
import type { ChannelName, NotSent, Sent } from "../channel";
import { ATTEMPTS_ALONE, MOST_ATTEMPTS } from "./again";
import { escalate, type OnUndelivered } from "./escalate";

type Sending = { id: string; address_id: string; kind: string };

/** It arrived, or is of no use to anybody any more. Gives whose screens are to be told besides its receiver's. */
export async function noteSent(
  client: PoolClient,
  { id, address_id, kind }: Sending,
  sent: Sent | "dropped",
): Promise<string[]> {
  const [state, receipt] = sent === "dropped" ? ["dropped", null] : ["sent", sent.receipt];
  await client.query(
    "update notice_sending set state = $2, receipt = $3, lease_until = null, ended_at = now() where id = $1",
    [id, state, receipt],
  );
  // An address that takes a check is proved, unless a code has to come back from there.
  if (state === "sent" && kind === "check")
    await client.query(
      "update notice_address set verified_at = coalesce(verified_at, now()) where id = $1 and check_digest is null",
      [address_id],
    );
  return [];
}

type Failure = {
  sending: Sending & { channel: ChannelName; attempts: number; escalated: boolean };
  error: NotSent;
  restMs: number;
  onUndelivered: OnUndelivered | null;
};

/** It did not arrive: it is tried again later, or is dead; after a few times others are told. */
export async function noteFailure(
  client: PoolClient,
  { sending, error, restMs, onUndelivered }: Failure,
): Promise<string[]> {
  const { id, address_id, kind, channel, attempts, escalated } = sending;
  const isOver = error.final || attempts >= MOST_ATTEMPTS;
  const tells = kind === "notices" && !escalated && (isOver || attempts >= ATTEMPTS_ALONE);
  await client.query(
    `update notice_sending
        set state = case when $2 then 'dead' else 'queued' end, lease_until = null, problem_code = $3, problem = $4,
            due_at = now() + make_interval(secs => $5), failed_at = coalesce(failed_at, now()),
            ended_at = case when $2 then now() end, escalated_at = case when $6 then now() else escalated_at end
      where id = $1`,
    [id, isOver, error.code, error.problem, restMs / 1_000, tells],
  );
  if (error.code === "address_gone")
    await client.query("update notice_address set gone_at = now(), gone_why = $2 where id = $1 and gone_at is null", [
      address_id,
      error.problem,
    ]);
  return tells ? escalate(client, { id, channel, problem: error.problem }, onUndelivered) : [];
}

/** Whoever pays for a run sees on its page what did not reach others. */
export async function payersOf(client: PoolClient, sending: string): Promise<string[]> {
  const { rows } = await client.query<{ payer: string }>(
    `select distinct r.owner_id as payer from notice_delivery d join notice n on n.id = d.notice_id join run r on r.id = n.run_id
      where d.sending_id = $1`,
    [sending],
  );
  return rows.map(({ payer }) => payer);
}
