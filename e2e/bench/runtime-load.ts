import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { toStored } from "@/flows/plan/stored";
import type { AgentsPort } from "@/flows/ports/agents";
import type { Ports } from "@/flows/ports/ports";
import { httpAgents } from "@/server/adapters/agents/http";
import { postgresApprovals } from "@/server/adapters/approvals/postgres";
import { systemClock } from "@/server/adapters/clock/system";
import { grant, openAccount } from "@/server/adapters/credits/grants";
import { ledgerCredits } from "@/server/adapters/credits/ledger";
import { postgresPolicies } from "@/server/adapters/policy/postgres";
import { postgresProgress } from "@/server/adapters/progress/postgres";
import { nativeSigningKey } from "@/server/adapters/receipt-key/native";
import { registryOrigins } from "@/server/adapters/registry/origins";
import { postgresValues } from "@/server/adapters/values/postgres";
import { startDriver } from "@/server/drivers/postgres/driver";

/**
 * One worker of the studio under load, in a process of its own. Told by messages what to run, it answers with figures;
 * `bench/runtime.mjs` runs it beside its peers. `null` calls an agent in this process, free of charge: a journalled
 * command and its completion. `full` is a run as it is: agent over HTTP, reserve, capture, release, signed receipts.
 */
type Ask = { do: "null" | "full"; runs: number; atOnce: number; steps: number } | { do: "resume"; runs: number };
export type Figures = { stepsPerSecond: number; msPerStep: number[] };

const [databaseUrl = "", agentsUrl = ""] = process.argv.slice(2);
const eve = AccountId.parse("eve");
const acme = AccountId.parse("acme");
const agent = AgentId.parse("acme/echo@1.0.0");
const manifest = digestOf("manifest");
const PURSE = 1_000_000_000_000n;
const PRICE = 10n;

// As in the studio: a journal that a busy ledger never keeps waiting. The third is the web process that starts runs.
const journal = new Pool({ connectionString: databaseUrl, max: 4 });
const pool = new Pool({ connectionString: databaseUrl, max: 4 });
const web = new Pool({ connectionString: databaseUrl, max: 4 });
const free: AgentsPort = {
  call: async () => ({ ok: true, value: { output: { text: "done" }, price: money("microcredits", 0n), detail: {} } }),
};
const paid = httpAgents({ originOf: registryOrigins(pool), addresses: { house: agentsUrl } });
const clock = systemClock();
const key = nativeSigningKey("ab".repeat(32));
const isFree = new Set<string>();

const ports: Ports = {
  agents: {
    call: (ask, hear) => (isFree.has(String(ask.operation).split("/")[0] ?? "") ? free : paid).call(ask, hear),
  },
  approvals: postgresApprovals(pool),
  clock,
  credits: ledgerCredits(pool),
  policy: postgresPolicies({ pool, clock }),
  progress: postgresProgress({ pool, failed: (problem) => console.error("progress_lost", problem) }),
  values: postgresValues(pool),
};

async function open(): Promise<void> {
  await pool.query("insert into receipt_key (id, public_key) values ($1, $2)", [key.id, key.publicKey]);
  await pool.query(`insert into "user" (id, name) values ('eve', 'Eve')`);
  await pool.query("insert into flow (id, owner_id, name, document) values ('f', 'eve', 'Flow', '{}')");
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, '{}', $2, 'acme', 'outside', 'house', 'active')`,
    [agent, manifest],
  );
  for (const owner of [eve, acme]) await openAccount(pool, owner, "microcredits");
  const gift = { operation: OperationId.parse("gift"), owner: eve, amount: money("microcredits", PURSE) };
  await grant(pool, gift);
}

/** Steps in a row, each calling the agent. */
function inARow(steps: number, price: bigint): Plan {
  const cost = { agent, manifest, cap: money("microcredits", price), price: money("microcredits", price) };
  return planOf(
    Array.from({ length: steps }, (_, place) =>
      callStep(`s${place}`, place > 0 ? [{ step: place - 1, port: "done" }] : [], cost),
    ),
  );
}

const known = new Map<Plan, string>();
async function stored(plan: Plan): Promise<string> {
  const hash = known.get(plan) ?? digestOf(plan);
  if (!known.has(plan))
    await pool.query("insert into plan (hash, body) values ($1, $2) on conflict do nothing", [hash, toStored(plan)]);
  known.set(plan, hash);
  return hash;
}

const waiting = new Map<string, { is: readonly string[]; done(): void }>();
const OVER = ["succeeded", "failed", "cancelled"];

/** Resolves when a run has come to one of these states, as live screens hear it. */
const until = (run: string, is: readonly string[]) =>
  new Promise<void>((done) => {
    waiting.set(run, { is, done });
  });

async function listen(): Promise<void> {
  const ear = await web.connect();
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
}

/** What the web process does for a start: the run, its letter and the notice are one statement. */
async function start(plan: Plan, { freeOfCharge = false } = {}): Promise<string> {
  const run = randomUUID();
  if (freeOfCharge) isFree.add(run);
  const hash = await stored(plan);
  const budget = money("microcredits", plan.bound[0]?.amount ?? 0n);
  const event = { type: "run_started", run, plan: hash, payer: eve, budget, input: await input(), policy: null };
  await web.query(
    `with made as (
       insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget, wake_at)
       values ($1, 'eve', 'f', 1, 'Flow', $2, 'microcredits', $3, now()) returning id
     ), letter as (
       insert into run_inbox (run_id, key, event) select id, 'start', $4 from made returning run_id
     ) select pg_notify('run_mail', run_id) from letter`,
    [run, hash, String(budget.amount), toStored(event)],
  );
  return run;
}

let kept: string | undefined;
const input = async () => {
  kept ??= await ports.values.put({ text: "hello" });
  return kept;
};

async function load({ do: what, runs, atOnce, steps }: Extract<Ask, { atOnce: number }>): Promise<Figures> {
  const plan = plans(what, steps);
  const msPerStep: number[] = [];
  let left = runs;
  const began = performance.now();
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const from = performance.now();
      const run = await start(plan, { freeOfCharge: what === "null" });
      await until(run, OVER);
      msPerStep.push((performance.now() - from) / steps);
      isFree.delete(run);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return { stepsPerSecond: (runs * steps * 1_000) / (performance.now() - began), msPerStep };
}

const made = new Map<string, Plan>();
function plans(what: string, steps: number): Plan {
  const name = `${what} ${steps}`;
  const plan = made.get(name) ?? inARow(steps, what === "full" ? PRICE : 0n);
  made.set(name, plan);
  return plan;
}

/** From an answer in the mail to the end of the run that waited for it, one after the other. Units: milliseconds. */
async function resume(runs: number): Promise<Figures> {
  const plan = planOf([askStep("a", [], { timeoutMs: 600_000, approvers: [eve] })]);
  const ids: string[] = [];
  for (let made = 0; made < runs; made++) {
    const run = await start(plan);
    await until(run, ["waiting"]);
    ids.push(run);
  }
  const msPerStep: number[] = [];
  for (const run of ids) {
    const operation = `${run}/a/ask`;
    const { rows } = await pool.query<{ subject: string }>("select subject from question where operation = $1", [
      operation,
    ]);
    const event = { type: "approval_answered", operation, by: eve, answer: "approved", subject: rows[0]?.subject };
    const over = until(run, OVER);
    const from = performance.now();
    await web.query(
      `with letter as (insert into run_inbox (run_id, key, event) values ($1, 'answer', $2) returning run_id),
            flag as (update run set wake_at = now() where id in (select run_id from letter) returning id)
       select pg_notify('run_mail', id) from flag`,
      [run, toStored(event)],
    );
    await over;
    msPerStep.push(performance.now() - from);
  }
  return { stepsPerSecond: 0, msPerStep };
}

await open();
await listen();
const driver = await startDriver({
  pool: journal,
  ports,
  key,
  limits: { callsOfAgent: 32, rate: null }, // it is the driver that is measured, not how long it makes a crowd wait
  log: (level, event, about) => level === "error" && console.error(event, about),
});
process.on("message", (ask: Ask) => {
  const work = ask.do === "resume" ? resume(ask.runs) : load(ask);
  void work.then((figures) => process.send?.({ figures, rssMb: process.memoryUsage.rss() / 1_000_000 }));
});
process.on("disconnect", () => void driver.stop().then(() => process.exit(0)));
process.send?.({ ready: true });
