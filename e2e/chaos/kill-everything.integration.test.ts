import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FlowId, RunId } from "@/flows/basics/ids";
import { audit } from "@/server/drivers/postgres/rig.contract";
import { signIn } from "../smoke/client.mjs";
import { type Commit, openStage, type Role, type Stage, seedHouse } from "./stage.contract";

const ROLES: readonly Role[] = ["worker", "postgres", "web"];
const MOMENTS: readonly Commit["when"][] = ["before", "after"];
/** While working every fifth write, each role and moment beginning at another; all of them in `npm run test:long`. */
const STEP = process.env.LONG ? 1 : 5;
const LEAST_WRITES = 9; // start, reserve, call, capture, the question put, its answer, call, capture, release
const MOVEMENTS = { reserve: 1, "analyse/capture": 1, "summarise/capture": 1, release: 0 }; // all of it was spent

let stage: Stage;
let pool: Pool;
let api: Awaited<ReturnType<typeof signIn>>["api"];
let flow: FlowId;

beforeAll(async () => {
  stage = await openStage();
  pool = new Pool({ connectionString: stage.databaseUrl, max: 3 });
  pool.on("error", () => undefined);
  await seedHouse(stage);
  await Promise.all([stage.startWorker(), stage.startWeb()]);
  ({ api } = await signIn(stage.url, "Chaos"));
  const flows = await api.flows.list.query();
  flow = FlowId.parse(flows.find(({ name }) => name === "Reviewed sales report")?.id);
}, 600_000);
afterAll(async () => {
  await pool.end();
  await stage.stop();
});

type Kill = { role: Role; at: number; when: Commit["when"] };

/** Runs the sample and kills somebody at one journal write. Says whether it struck: a run has only so many. */
async function runWith(kill: Kill | null): Promise<{ run: RunId; struck: boolean }> {
  const run = RunId.parse(randomUUID());
  let [commits, struck, written] = [0, false, false];
  let recovered = Promise.resolve();
  stage.onCommit(async ({ when }) => {
    written = when === "after";
    const at = when === "before" ? commits++ : commits - 1;
    if (struck || !kill || at !== kill.at || when !== kill.when) return;
    struck = true;
    recovered = strike(kill.role);
    if (kill.role !== "web") await recovered; // the worker goes on without a web process, as it would
  });
  await insist(() => start(run));
  await insist(async () => {
    const { rows } = await pool.query("select status, fault from run where id = $1 and lease_until is null", [run]);
    expect(rows[0]?.fault ?? null).toBeNull();
    if (rows[0]?.status === "waiting") await approve(run);
    return rows[0]?.status === "succeeded" || "not yet";
  });
  // The database may show the last write before the worker has told of it: whoever is to die of that one has yet to.
  await insist(async () => struck || written || "not yet");
  await recovered; // who was killed at the last write is back before the next run
  return { run, struck };
}

async function start(run: RunId): Promise<void> {
  const { hash, defaults } = await api.flows.plan.query({ flow });
  await api.runs.start.mutate({
    flow,
    run,
    plan: hash,
    currency: "trial_microcredits",
    input: JSON.parse(JSON.stringify(defaults)),
  });
}

async function approve(run: RunId): Promise<void> {
  const { steps } = await api.runs.get.query({ run });
  for (const { question } of steps)
    if (question)
      await api.approvals.answer.mutate({
        operation: question.operation,
        subject: question.subject,
        answer: "approved",
      });
}

/** Kills one role and brings it back. The worker stands still at its journal write meanwhile, unless it was the one. */
async function strike(role: Role): Promise<void> {
  await stage.kill(role);
  if (role === "worker") await stage.startWorker();
  else if (role === "web") await stage.startWeb();
  else await stage.startDatabase();
}

/** Asks again while somebody is away. What it is told otherwise is the answer. */
async function insist(ask: () => Promise<unknown>): Promise<unknown> {
  let last: unknown;
  for (const untilMs = Date.now() + 30_000; Date.now() < untilMs; ) {
    last = await ask().catch((problem: Error) => `not yet: ${problem.message}`);
    if (!String(last).startsWith("not yet")) return last;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(String(last));
}

async function expectWhole(run: RunId) {
  const { foldEqualsState, state, moves, verdict, outbox } = await audit(pool, run);
  expect(state?.ending).toMatchObject({ result: "succeeded" });
  expect(foldEqualsState).toBe(true);
  expect(moves).toEqual(MOVEMENTS);
  expect(verdict.failed).toEqual([]);
  expect(outbox).toEqual([]);
  const { rows } = await pool.query(`
    select coalesce(sum(balance), 0)::text as total,
           bool_and(balance = coalesce((select sum(amount) from ledger_transfer where credit = a.id), 0)
                            - coalesce((select sum(amount) from ledger_transfer where debit = a.id), 0)) as kept
      from ledger_account a`);
  expect(rows).toEqual([{ total: "0", kept: true }]);
}

/**
 * One run for each of its journal writes that it is this one's turn to strike at, until there is a run with none left. Says
 * how many it struck at, and that there are at least as many writes as the least.
 */
async function killAtEach(role: Role, { when, first }: { when: Commit["when"]; first: number }): Promise<number> {
  for (let at = first, kills = 0; ; at += STEP, kills++) {
    const { run, struck } = await runWith({ role, when, at });
    await expectWhole(run);
    if (struck) continue;
    expect(at).toBeGreaterThanOrEqual(LEAST_WRITES);
    return kills;
  }
}

describe("kill -9 at every journal write of a sample flow", () => {
  test("finished after restart, each ledger operation once, no unit lost, receipts unbroken", async () => {
    await expectWhole((await runWith(null)).run);
    const startedAt = performance.now();
    let [kills, turn] = [0, 0];
    for (const role of ROLES)
      for (const when of MOMENTS) kills += await killAtEach(role, { when, first: turn++ % STEP });
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    process.stdout.write(
      `${kills} kills, one at ${STEP === 1 ? "each journal write" : "a journal write"} of a run, in ${seconds} s\n`,
    );
  }, 600_000);
});
