import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { toStored } from "@/flows/plan/stored";
import { CHANNELS, type Channel, type ChannelName, type Message, type NotSent } from "../channel";
import { bundleSome } from "./bundle";
import type { OnUndelivered } from "./escalate";
import { tellSome } from "./expand";
import { type SendOptions, sendDue } from "./send";

/** A channel in memory: what it took, and how it is told to fail. */
export function memoryChannel() {
  const taken: Message[] = [];
  const underWay = new Set<string>();
  const state = { refuses: null as NotSent | null, twiceAtOnce: false, gate: null as Promise<void> | null };
  const channel: Channel = {
    async send(message) {
      if (underWay.has(message.id)) state.twiceAtOnce = true;
      underWay.add(message.id);
      await state.gate;
      underWay.delete(message.id);
      if (state.refuses) return { ok: false, error: state.refuses };
      taken.push(message);
      return { ok: true, value: { receipt: "250 ok" } };
    },
    close: async () => undefined,
  };
  return { channel, taken, state };
}

export const DOWN: NotSent = {
  code: "channel_unreachable",
  problem: "the mail server refused the connection",
  final: false,
};

/** People, runs and questions as rows, and the outbox driven by hand. Nothing is sealed. */
export function outboxRig(pool: Pool, onUndelivered: OnUndelivered | null = null) {
  const channels = Object.fromEntries(CHANNELS.map((name) => [name, memoryChannel()])) as Record<
    ChannelName,
    ReturnType<typeof memoryChannel>
  >;
  const problems: unknown[] = [];
  const options = (name: ChannelName): SendOptions => ({
    ...{ pool, name, channel: channels[name].channel, studioUrl: "https://studio.test", onUndelivered },
    open: ({ sealed }) => sealed,
    failed: (problem) => void problems.push(problem),
  });

  return {
    channels,
    problems,
    options,
    async person(id: string, ...addresses: ChannelName[]) {
      await pool.query(`insert into "user" (id, name) values ($1, $2) on conflict do nothing`, [id, id.toUpperCase()]);
      for (const channel of addresses)
        await pool.query(
          `insert into notice_address (id, owner_id, channel, label, target, sealed, key_id, verified_at)
           values ($1, $2, $3, $1, $1, '{"address": "x"}', 'k', now())`,
          [`${id}-${channel}`, id, channel],
        );
    },
    async run(owner: string, id: string = randomUUID()) {
      await pool.query("insert into plan (hash, body) values ('p', '{}') on conflict do nothing");
      await pool.query(
        `insert into flow (id, owner_id, name, document) values ($1, $1, 'Sales', '{}') on conflict do nothing`,
        [owner],
      );
      await pool.query(
        `insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget, status)
         values ($1, $2, $2, 1, 'Sales', 'p', 'microcredits', 0, 'running')`,
        [id, owner],
      );
      return id;
    },
    /** Puts a question, as the driver does. Units: `hours` until it is over. */
    async ask(
      run: string,
      approvers: readonly string[],
      { hours = 48, operation = `${run}/ask`, question = "Send it?" } = {},
    ) {
      const about = toStored({
        question,
        unlocks: { bound: [{ currency: "microcredits", amount: 2_500_000n }], payees: ["ada"], agents: [] },
      });
      await pool.query(
        `insert into question (operation, run_id, subject, about, approvers, until)
         values ($1, $2, 'd', $3, $4, now() + make_interval(secs => $5))`,
        [operation, run, about, approvers, hours * 3_600],
      );
      return operation;
    },
    settle: (operation: string, state: string, by: string | null = null) =>
      pool.query("update question set state = $2, answered_by = $3, answer = 'approved' where operation = $1", [
        operation,
        state,
        by,
      ]),
    end: (run: string, status: string, outcome: object = { result: status }) =>
      pool.query("update run set status = $2, outcome = $3 where id = $1", [run, status, toStored(outcome)]),
    /** Everything that waits to be told. */
    async tell() {
      while (await tellSome(pool));
    },
    bundle: () => bundleSome(pool),
    /** Everything that is due by now, by every channel, over and over. */
    async deliver() {
      await this.tell();
      await bundleSome(pool);
      for (const name of CHANNELS) await sendDue(options(name), () => false);
    },
    /** As if so much time had gone by for all that waits. */
    async pass(interval: string) {
      await pool.query(
        `update notice_sending set due_at = due_at - $1::interval, lease_until = lease_until - $1::interval where state = 'queued'`,
        [interval],
      );
      await pool.query("update notice_delivery set due_at = due_at - $1::interval where sending_id is null", [
        interval,
      ]);
      await pool.query("update notice_happening set due_at = due_at - $1::interval", [interval]);
    },
    async notices(receiver: string) {
      const { rows } = await pool.query<{
        kind: string;
        title: string;
        text: string;
        path: string;
        times: number;
        in_app: boolean;
      }>("select kind, title, text, path, times, in_app from notice where receiver_id = $1 order by at, key", [
        receiver,
      ]);
      return rows;
    },
    async sendings() {
      const { rows } = await pool.query<{
        id: string;
        channel: string;
        state: string;
        attempts: number;
        problem: string | null;
      }>("select id, channel, state, attempts, problem from notice_sending order by created_at");
      return rows;
    },
  };
}
