import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { AccountId, type AgentId, AgentId as AgentIdShape, type Digest, OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { money } from "@/flows/basics/money";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { fromStored, toStored } from "@/flows/plan/stored";
import type { Ports } from "@/flows/ports/ports";
import type { SealedReceipt } from "@/flows/receipts/chain";

import { verifyReceipts } from "@/flows/receipts/verify";
import { commandsOf } from "@/flows/run/commands";
import type { RunEvent, Terms } from "@/flows/run/events";
import { readSnapshot, writeSnapshot } from "@/flows/run/snapshot";
import type { RunState } from "@/flows/run/state";
import { fold } from "@/flows/run/transition";
import { type Behaviour, simulateAgents } from "@/flows/simulator/agents";
import { simulateModels, type Thought } from "@/flows/simulator/models";
import { simulatePolicy } from "@/flows/simulator/policy";
import { simulateProgress } from "@/flows/simulator/progress";
import { postgresApprovals } from "@/server/adapters/approvals/postgres";
import { systemClock } from "@/server/adapters/clock/system";
import { grant, openAccount } from "@/server/adapters/credits/grants";
import { ledgerCredits } from "@/server/adapters/credits/ledger";
import { nativeSigningKey } from "@/server/adapters/receipt-key/native";
import { postgresValues } from "@/server/adapters/values/postgres";
import { type Driver, type DriverOptions, startDriver } from "./driver";

export const eve = AccountId.parse("eve");
export const reader = AgentIdShape.parse("acme/reader@1.0.0");
export const key = nativeSigningKey("ab".repeat(32));
export const PURSE = 1_000_000_000n;

export type RunRow = {
  status: string;
  seq: number;
  fault: string | null;
  lease_until: Date | null;
  wake_at: Date | null;
  spent: string;
};

type Given = {
  given?: Json;
  policy?: Digest | null;
  owner?: AccountId;
  terms?: Pick<Terms, "workMs" | "debug">;
};

/** Everything around a driver on a real database: accounts, plans, runs, mail, and what must be true at the end. */
export function rig(pool: Pool) {
  const faults: string[] = [];
  const drivers: Driver[] = [];

  const read: Behaviour = ({ input }) => ({ output: { text: input }, price: money("microcredits", 10n), detail: {} });

  function portsWith(
    agents: ReadonlyMap<AgentId, Behaviour> = new Map([[reader, read]]),
    models: ReadonlyMap<string, Thought> = new Map(),
  ) {
    const simulated = simulateAgents(agents);
    const ports: Ports = {
      agents: simulated,
      approvals: postgresApprovals(pool),
      clock: systemClock(),
      credits: ledgerCredits(pool),
      models: simulateModels(models),
      policy: simulatePolicy(() => ({ verdict: "allow" })),
      progress: simulateProgress(),
      values: postgresValues(pool),
    };
    return { ports, performed: simulated.performed };
  }

  return {
    pool,
    faults,
    portsWith,

    async open() {
      await pool.query("insert into receipt_key (id, public_key) values ($1, $2)", [key.id, key.publicKey]);
      await pool.query(`insert into "user" (id, name) values ('eve', 'Eve')`);
      await pool.query(`insert into flow (id, owner_id, name, document) values ('f', 'eve', 'Flow', '{}')`);
      for (const owner of [eve, AccountId.parse("acme")]) await openAccount(pool, owner, "microcredits");
      await grant(pool, { operation: OperationId.parse("gift"), owner: eve, amount: money("microcredits", PURSE) });
    },

    /** Somebody else, with as much as eve has. */
    async person(name: string) {
      const owner = AccountId.parse(name);
      await pool.query(`insert into "user" (id, name) values ($1, $1)`, [owner]);
      await openAccount(pool, owner, "microcredits");
      const amount = money("microcredits", PURSE);
      await grant(pool, { operation: OperationId.parse(`gift ${owner}`), owner, amount });
      return owner;
    },

    async drive(ports: Ports, more: Partial<DriverOptions> = {}) {
      const driver = await startDriver({
        pool,
        ports,
        key,
        log: (level, event, about) => void (level === "error" && faults.push(`${event} ${JSON.stringify(about)}`)),
        limits: { rate: null },
        ...more,
      });
      drivers.push(driver);
      return driver;
    },

    async stop() {
      await Promise.all(drivers.splice(0).map((driver) => driver.stop()));
    },

    /** Stops what runs and lets go of the connections. */
    async close() {
      await this.stop();
      await pool.end();
    },

    async start(plan: Plan, id: string = randomUUID(), more: Given = {}) {
      const { given = { text: "hello" }, policy = null, owner = eve, terms = {} } = more;
      const run = RunId.parse(id);
      const hash = digestOf(plan);
      const budget = money("microcredits", plan.bound[0]?.amount ?? 0n);
      const input = await postgresValues(pool).put(given);
      const event = { type: "run_started", run, plan: hash, payer: owner, budget, input, policy, ...terms };
      await pool.query("insert into plan (hash, body) values ($1, $2) on conflict do nothing", [hash, toStored(plan)]);
      await pool.query(
        `insert into run (id, owner_id, flow_id, flow_version, flow_name, plan_hash, currency, budget, wake_at)
         values ($1, $4, 'f', 1, 'Flow', $2, 'microcredits', $3, now())`,
        [run, hash, budget.amount.toString(), owner],
      );
      await mail(pool, { run, key: "start", event });
      return run;
    },

    mail: (run: RunId, key: string, event: object) => mail(pool, { run, key, event }),
    row: (run: RunId) => rowOf(pool, run),
    until: (run: RunId, is: (row: RunRow) => boolean) => until(pool, run, is),
    finished: (run: RunId) => until(pool, run, ({ status }) => ["succeeded", "failed", "cancelled"].includes(status)),
    audit: (run: RunId) => audit(pool, run),
    events: (run: RunId) => journalOf(pool, run),
    async answer(run: RunId, answer: "approved" | "denied", by = eve) {
      const { operation, subject } = await openQuestion(pool, run);
      await mail(pool, {
        run,
        key: `answer ${operation}`,
        event: { type: "approval_answered", operation, by, answer, subject },
      });
    },
  };
}

export type Rig = ReturnType<typeof rig>;

/** As the web process does it: the letter, the flag and the notice in one transaction. */
async function mail(pool: Pool, { run, key, event }: { run: RunId; key: string; event: object }): Promise<boolean> {
  const { rowCount } = await pool.query(
    `with letter as (insert into run_inbox (run_id, key, event) values ($1, $2, $3) on conflict do nothing returning run_id),
          flag as (update run set wake_at = least(coalesce(wake_at, now()), now()) where id in (select run_id from letter) returning id)
     select pg_notify('run_mail', id) from flag`,
    [run, key, toStored(event)],
  );
  return rowCount === 1;
}

async function rowOf(pool: Pool, run: RunId): Promise<RunRow> {
  const { rows } = await pool.query<RunRow>(
    "select status, seq, fault, lease_until, wake_at, spent from run where id = $1",
    [run],
  );
  const [row] = rows;
  if (!row) throw new Error(`no run ${run}`);
  return row;
}

async function until(pool: Pool, run: RunId, is: (row: RunRow) => boolean): Promise<RunRow> {
  for (let tries = 0; tries < 1_500; tries++) {
    const row = await rowOf(pool, run);
    if (is(row)) return row;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${run} stands at ${JSON.stringify(await rowOf(pool, run))}`);
}

async function openQuestion(pool: Pool, run: RunId): Promise<{ operation: OperationId; subject: string }> {
  for (let tries = 0; tries < 500; tries++) {
    const { rows } = await pool.query("select operation, subject from question where run_id = $1 and state = 'open'", [
      run,
    ]);
    if (rows[0]) return rows[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${run} asks nothing`);
}

async function journalOf(pool: Pool, run: RunId): Promise<RunEvent[]> {
  const { rows } = await pool.query<{ event: string }>("select event from run_event where run_id = $1 order by seq", [
    run,
  ]);
  return rows.map(({ event }) => fromStored<RunEvent>(event));
}

/**
 * What must hold of every run that stands still: its snapshot is the fold of its journal, its outbox is what that state
 * waits for, its receipts verify, and the ledger has each of its movements once and no unit too many or too few.
 */
export async function audit(pool: Pool, run: RunId) {
  const { rows: plans } = await pool.query<{ body: string }>(
    "select body from plan where hash = (select plan_hash from run where id = $1)",
    [run],
  );
  const plan = fromStored<Plan>(plans[0]?.body ?? "");
  const events = await journalOf(pool, run);
  const folded = fold(plan, events);
  const { rows: snapshots } = await pool.query<{ state: string; seq: number }>(
    "select state, seq from run_snapshot where run_id = $1",
    [run],
  );
  const stored: RunState | null = snapshots[0] ? readSnapshot(snapshots[0].state) : null;
  const { rows: out } = await pool.query<{ key: string }>(
    "select kind || ' ' || operation as key from run_outbox where run_id = $1 order by 1",
    [run],
  );
  const { rows: receipts } = await pool.query<SealedReceipt>(
    `select place, body, hash, signature, key_id as "keyId" from receipt where run_id = $1 order by place`,
    [run],
  );
  const { rows: moves } = await pool.query<{ id: string; legs: number }>(
    `select o.id, count(t.id)::int as legs from ledger_operation o left join ledger_transfer t on t.operation = o.id
      where o.id like $1 group by o.id order by o.id`,
    [`${run}/%`],
  );
  const { rows: keys } = await pool.query<{ id: string; public_key: string }>("select id, public_key from receipt_key");
  const file = {
    version: 1,
    run,
    plan,
    receipts,
    keys: Object.fromEntries(keys.map((each) => [each.id, each.public_key])),
  } as const;
  const waits = folded ? commandsOf(plan, folded) : [];
  return {
    foldEqualsState: folded !== null && stored !== null && writeSnapshot(folded) === writeSnapshot(stored),
    state: folded,
    outbox: out.map((row) => row.key),
    awaited: waits
      .flatMap((command) =>
        command.do === "finish"
          ? []
          : [`${command.do} ${"with" in command ? command.with.operation : command.operation}`],
      )
      .sort(),
    verdict: verifyReceipts(file),
    /** How many transfers each ledger operation of the run made; a release of nothing makes none. */
    moves: Object.fromEntries(moves.map(({ id, legs }) => [id.slice(run.length + 1), legs])),
  };
}
