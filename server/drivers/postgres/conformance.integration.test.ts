import { afterAll } from "vitest";
import { AccountId, type OperationId, RunId } from "@/flows/basics/ids";
import { ok } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import { fromStored } from "@/flows/plan/stored";
import type { Ports } from "@/flows/ports/ports";
import type { Outcome } from "@/flows/run/state";
import { type Came, type Case, fatedAgent, inWords, verdictOf } from "@/flows/simulator/conformance/around.contract";
import { conformance } from "@/flows/simulator/conformance/conformance.contract";
import { openAccount } from "@/server/adapters/credits/grants";
import { type Cluster, startCluster } from "./fresh-database.contract";
import { type Rig, rig } from "./rig.contract";

let cluster: Cluster | undefined;
let studio: Rig | undefined;
afterAll(async () => {
  await studio?.close();
  await cluster?.stop();
});

const runOf = (operation: OperationId) => operation.slice(0, operation.indexOf("/"));

/** All cases at once on one worker and a real database: each run has an agent and people of its own. */
async function onPostgres(cases: readonly Case[]): Promise<Came[]> {
  cluster = await startCluster();
  studio = rig((await cluster.database()).pool);
  await studio.open();
  for (const payee of ["dan", "bolt", "cora"]) await openAccount(studio.pool, AccountId.parse(payee), "microcredits");
  const around = new Map(cases.map((each, place) => [`r${place}`, { ...each.around, agent: fatedAgent(each.around) }]));
  const of = (run: string) => around.get(run) ?? raise(run);
  const ports: Ports = {
    ...studio.portsWith().ports,
    agents: { call: async (ask) => of(runOf(ask.operation)).agent.answer(ask) },
    policy: { judge: async ({ run }) => ok(verdictOf(of(run).policy ?? "deny")) },
  };
  await studio.drive(ports);
  const given = { items: ["a", "b", "c"], n: 7, text: "in" };
  for (const [place, { plan, around: words }] of cases.entries())
    await studio.start(plan, `r${place}`, { given, policy: words.policy ? digestOf("policy") : null });
  await answerUntilOver(studio, (run) => of(run).answer);
  return Promise.all(
    cases.map((_, place) => cameOf(studio as Rig, RunId.parse(`r${place}`), of(`r${place}`).agent.calls())),
  );
}

async function answerUntilOver(
  { pool, answer }: Rig,
  wordOf: (run: string) => Case["around"]["answer"],
): Promise<void> {
  const answered = new Set<string>();
  for (const untilMs = Date.now() + 60_000; Date.now() < untilMs; ) {
    const { rows: open } = await pool.query<{ operation: string; run: RunId }>(
      "select operation, run_id as run from question where state = 'open'",
    );
    for (const { operation, run } of open) {
      const word = wordOf(run);
      if (answered.has(operation) || word === "silent") continue;
      answered.add(operation);
      await answer(run, word);
    }
    const { rows: left } = await pool.query("select 1 from run where finished_at is null limit 1");
    if (left.length === 0) return;
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

async function cameOf({ pool }: Rig, run: RunId, calls: number): Promise<Came> {
  const { rows } = await pool.query<{ status: string; outcome: string | null; spent: string }>(
    "select status, outcome, spent from run where id = $1",
    [run],
  );
  const { status = "", outcome = null, spent = "0" } = rows[0] ?? {};
  const ended = outcome ? fromStored<Outcome>(outcome) : null;
  const { rows: sealed } = await pool.query<{ body: string }>("select body from receipt where run_id = $1", [run]);
  const steps = sealed.map(({ body }) => JSON.parse(body)).filter(({ kind }) => kind === "step");
  return {
    ending: ended?.result === "failed" ? ended.code : status,
    spent: BigInt(spent),
    calls,
    receipts: steps.map(({ step }) => inWords(step)).sort(),
  };
}

function raise(run: string): never {
  throw new Error(`there is no case ${run}`);
}

conformance("postgres", onPostgres);
