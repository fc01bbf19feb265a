import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { type Digest, FlowId, type OperationId, RunId } from "@/flows/basics/ids";
import { audit } from "@/server/drivers/postgres/rig.contract";
import { signIn } from "../smoke/client.mjs";
import { type Cable, cable } from "./cut-cable";
import { type Dice, randomFlow } from "./random-flow";
import { openStage, type Role, type Stage, seedHouse } from "./stage.contract";

/**
 * Random flows on a whole studio whose processes are killed and whose connections to agents are cut, until the time is
 * over. Then everybody is left alone, every run has to come to an end, and each is audited. Units: seconds.
 */
const [seconds = "60", seedWord = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
const dice = diceOf(Number(seedWord));
const AT_ONCE = 8;
const CALM_MS = 120_000;

/** After so many runs a player opens a new account: the trial credits of one do not last for ever. */
const RUNS_OF_ONE = 20;

type Api = Awaited<ReturnType<typeof signIn>>["api"];
type Studio = { stage: Stage; agents: Cable; pool: Pool };
type Player = { api: Api };

async function open(): Promise<Studio> {
  let agents: Cable | undefined;
  const stage = await openStage({
    async via(url) {
      agents = await cable(url);
      return agents.url;
    },
  });
  if (!agents) throw new Error("the stage has no way to its agents");
  const pool = new Pool({ connectionString: stage.databaseUrl, max: 3 });
  pool.on("error", () => undefined);
  await seedHouse(stage);
  await Promise.all([stage.startWorker(), stage.startWeb()]);
  return { stage, agents, pool };
}

/** The same throws for the same seed, whoever else throws at the same time elsewhere. */
function diceOf(seed: number): Dice {
  let state = seed >>> 0 || 1;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
}

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

/** Asks again while somebody is away; what the studio itself refuses is told. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  let last: unknown;
  for (const untilMs = Date.now() + CALM_MS; Date.now() < untilMs; await pause(50)) {
    try {
      return await ask();
    } catch (problem) {
      if ((problem as { data?: { domain?: unknown } }).data?.domain) throw problem;
      last = problem;
    }
  }
  throw last;
}

const runs: RunId[] = [];

async function startOne({ api }: Player): Promise<RunId> {
  const flow = await insist(async () => {
    const drawn = dice(3) === 0 ? null : randomFlow(dice);
    if (drawn) return FlowId.parse((await api.flows.create.mutate({ name: "Random", document: drawn })).flow);
    const flows = (await api.flows.list.query()).filter(({ name }) => name !== "Random");
    return FlowId.parse(flows[dice(flows.length)]?.id);
  });
  const { hash, defaults } = await insist(() => api.flows.plan.query({ flow }));
  const run = RunId.parse(randomUUID());
  const input = JSON.parse(JSON.stringify(defaults));
  await insist(() => api.runs.start.mutate({ flow, run, plan: hash, currency: "trial_microcredits", input }));
  runs.push(run);
  return run;
}

const OVER = ["succeeded", "failed", "cancelled"];

/** Not put yet, answered already, or somebody is away: the next look tells. */
async function answer(
  { api }: Player,
  { operation, subject }: { operation: OperationId; subject: Digest },
): Promise<void> {
  const word = dice(10) === 0 ? "denied" : "approved";
  await api.approvals.answer.mutate({ operation, subject, answer: word }).catch(() => undefined);
}

/** Answers what a run asks, mostly with yes, and stops one now and then; resolves when the run is over. */
async function see({ api }: Player, run: RunId): Promise<void> {
  const stops = dice(12) === 0;
  for (;;) {
    const shown = await insist(() => api.runs.get.query({ run }));
    if (OVER.includes(shown.run.status) || shown.run.fault) return;
    if (stops && shown.run.seq > 6) await api.runs.stop.mutate({ run }).catch(() => undefined);
    for (const { question } of shown.steps) if (question) await answer({ api }, question);
    await pause(150);
  }
}

const counted = { worker: 0, web: 0, postgres: 0, cables: 0 };

async function strike({ stage, agents }: Studio): Promise<void> {
  const victims: readonly (Role | "cables")[] = ["worker", "web", "postgres", "cables"];
  const victim = victims[dice(victims.length)] ?? "worker";
  counted[victim] += 1;
  if (victim === "cables") {
    agents.cut();
    return;
  }
  await stage.kill(victim);
  if (victim === "worker") await stage.startWorker();
  else if (victim === "web") await stage.startWeb();
  else await stage.startDatabase();
}

async function play(studio: Studio): Promise<void> {
  const untilMs = Date.now() + Number(seconds) * 1_000;
  const player = async () => {
    while (Date.now() < untilMs) {
      const own = await insist(() => signIn(studio.stage.url, "Chaos"));
      for (let played = 0; played < RUNS_OF_ONE && Date.now() < untilMs; played++) await see(own, await startOne(own));
    }
  };
  const killer = async () => {
    while (Date.now() < untilMs) {
      await pause(500 + dice(2_000));
      await strike(studio);
    }
  };
  await Promise.all([killer(), ...Array.from({ length: AT_ONCE }, player)]);
}

/**
 * What has become of every run, told by the database alone. `doubledEffects` are deliveries and captures that a journal has
 * twice under one operation; what an agent does when it is asked again is the agent's own, by its idempotency key.
 */
async function judge({ pool }: Studio) {
  const { rows } = await pool.query<{ id: RunId; status: string; fault: string | null }>(
    "select id, status, fault from run",
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  const lost = runs.filter((run) => !OVER.includes(known.get(run)?.status ?? "") || known.get(run)?.fault);
  let [foldEqualsState, doubledPayments, unverified] = [true, 0, 0];
  for (const run of runs) {
    const found = await audit(pool, run);
    foldEqualsState &&= found.foldEqualsState && found.outbox.length === 0;
    doubledPayments += Object.values(found.moves).filter((legs) => legs > 1).length;
    unverified += found.verdict.failed.length;
  }
  const doubledEffects = await count(
    pool,
    `select count(*) from (select run_id, event::json->>'operation' from run_event
      where event::json->>'type' in ('call_delivered', 'funds_captured') group by 1, 2, event::json->>'type' having count(*) > 1) as twice`,
  );
  const unbalanced = await count(
    pool,
    `select count(*) from ledger_account a
      where balance <> coalesce((select sum(amount) from ledger_transfer where credit = a.id), 0)
                     - coalesce((select sum(amount) from ledger_transfer where debit = a.id), 0)
         or (purpose = 'held' and balance <> 0)`,
  );
  const ended = Object.fromEntries(OVER.map((status) => [status, rows.filter((row) => row.status === status).length]));
  return { lost: lost.length, doubledEffects, doubledPayments, foldEqualsState, unbalanced, unverified, ...ended };
}

async function count(pool: Pool, sql: string): Promise<number> {
  const { rows } = await pool.query<{ count: string }>(sql);
  return Number(rows[0]?.count);
}

const studio = await open();
try {
  await play(studio);
  const { worker, web, postgres, cables } = counted;
  const kills = worker + web + postgres;
  const figures = { runs: runs.length, kills, cuts: cables, ...(await judge(studio)), seed: Number(seedWord) };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  const whole =
    figures.lost + figures.doubledEffects + figures.doubledPayments + figures.unbalanced + figures.unverified;
  process.exitCode = whole === 0 && figures.foldEqualsState ? 0 : 1;
} finally {
  await studio.pool.end();
  await studio.agents.stop();
  await studio.stage.stop();
}
