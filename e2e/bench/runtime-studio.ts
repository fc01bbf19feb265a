import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { toStored } from "@/flows/plan/stored";
import type { ValuesPort } from "@/flows/ports/values";
import { grant, openAccount } from "@/server/adapters/credits/grants";
import { nativeSigningKey } from "@/server/adapters/receipt-key/native";
import { postgresValues } from "@/server/adapters/values/postgres";

export const eve = AccountId.parse("eve");
export const echo = AgentId.parse("acme/echo@1.0.0");
export const manifest = digestOf("manifest");
/** The key that every worker of the benchmark signs with, as its file has it. */
export const SECRET = "ab".repeat(32);
export const key = nativeSigningKey(SECRET);
export const OVER = ["succeeded", "failed", "cancelled"];

const PURSE = 1_000_000_000_000n;

/** People, an agent and money: what a studio has before its first run. */
export async function furnish(pool: Pool): Promise<void> {
  const there = await pool.query(`select 1 from "user" where id = 'eve'`);
  if (there.rowCount === 1) return;
  await pool.query("insert into receipt_key (id, public_key) values ($1, $2)", [key.id, key.publicKey]);
  await pool.query(`insert into "user" (id, name) values ('eve', 'Eve')`);
  await pool.query("insert into flow (id, owner_id, name, document) values ('f', 'eve', 'Flow', '{}')");
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, '{}', $2, 'acme', 'outside', 'house', 'active')`,
    [echo, manifest],
  );
  for (const owner of [eve, AccountId.parse("acme")]) await openAccount(pool, owner, "microcredits");
  const gift = { operation: OperationId.parse("gift"), owner: eve, amount: money("microcredits", PURSE) };
  await grant(pool, gift);
}

export type Web = ReturnType<typeof webOn>;
type Started = { run: string; event: string };

/** What the web process does around a worker: it starts runs, answers questions, and hears what has moved. */
export function webOn(databaseUrl: string, given?: ValuesPort) {
  const pool = new Pool({ connectionString: databaseUrl, max: 4 });
  const values = given ?? postgresValues(pool);
  const known = new Map<Plan, string>();
  const waiting = new Map<string, { is: readonly string[]; done(): void }>();

  async function stored(plan: Plan): Promise<string> {
    const hash = known.get(plan) ?? digestOf(plan);
    if (!known.has(plan))
      await pool.query("insert into plan (hash, body) values ($1, $2) on conflict do nothing", [hash, toStored(plan)]);
    known.set(plan, hash);
    return hash;
  }

  /** Runs of one plan, their letters and the notice in one statement. */
  async function startAll(plan: Plan, { ids, given }: { ids: readonly string[]; given: Json }): Promise<void> {
    const hash = await stored(plan);
    const budget = money("microcredits", plan.bound[0]?.amount ?? 0n);
    const terms = { type: "run_started", plan: hash, payer: eve, budget, input: await values.put(given), policy: null };
    const started: Started[] = ids.map((run) => ({ run, event: toStored({ ...terms, run }) }));
    await pool.query({
      name: "start_runs",
      text: `
        with made as (
          insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget, wake_at)
          select id, 'eve', 'f', 1, 'Flow', $3, 'microcredits', $4, now() from unnest($1::text[]) as id returning id
        ), letter as (
          insert into run_inbox (run_id, key, event)
          select id, 'start', event from unnest($1::text[], $2::text[]) as l(id, event) join made using (id) returning run_id
        ) select pg_notify('run_mail', min(run_id)) from letter`,
      values: [started.map(({ run }) => run), started.map(({ event }) => event), hash, String(budget.amount)],
    });
  }

  return {
    pool,
    startAll,

    async start(plan: Plan, { id = randomUUID(), given = { text: "hello" } as Json } = {}): Promise<string> {
      await startAll(plan, { ids: [id], given });
      return id;
    },

    /** What somebody who says yes leaves for a run that asks. */
    async yesTo(run: string): Promise<string> {
      const operation = `${run}/a/ask`;
      const { rows } = await pool.query<{ subject: string }>({
        name: "subject_of",
        text: "select subject from question where operation = $1",
        values: [operation],
      });
      const subject = rows[0]?.subject;
      return toStored({ type: "approval_answered", operation, by: eve, answer: "approved", subject });
    },

    async deliver(run: string, { key: name, event }: { key: string; event: string }): Promise<void> {
      await pool.query({
        name: "deliver",
        text: `
          with letter as (insert into run_inbox (run_id, key, event) values ($1, $2, $3) returning run_id),
               flag as (update run set wake_at = now() where id in (select run_id from letter) returning id)
          select pg_notify('run_mail', id) from flag`,
        values: [run, name, event],
      });
    },

    /** Resolves when a run has come to one of these states, as live screens hear it. */
    until: (run: string, is: readonly string[]) =>
      new Promise<void>((done) => {
        waiting.set(run, { is, done });
      }),

    async listen(): Promise<void> {
      const ear = await pool.connect();
      ear.on("notification", ({ payload = "" }) => {
        for (const told of payload.split(",")) {
          const [run = "", , status = ""] = told.split(":");
          const heard = waiting.get(run);
          if (!heard?.is.includes(status)) continue;
          waiting.delete(run);
          heard.done();
        }
      });
      await ear.query("listen run_moved");
    },
  };
}
