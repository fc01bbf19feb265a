import { randomUUID } from "node:crypto";
import { Pool } from "pg";
import { money } from "@/flows/basics/money";
import type { Plan } from "@/flows/plan/plan";
import type { AgentsPort } from "@/flows/ports/agents";
import type { Ports } from "@/flows/ports/ports";
import { simulateModels } from "@/flows/simulator/models";
import { httpAgents } from "@/server/adapters/agents/http";
import { postgresApprovals } from "@/server/adapters/approvals/postgres";
import { systemClock } from "@/server/adapters/clock/system";
import { ledgerCredits } from "@/server/adapters/credits/ledger";
import { postgresPolicies } from "@/server/adapters/policy/postgres";
import { postgresProgress } from "@/server/adapters/progress/postgres";
import { registryPlaces } from "@/server/adapters/registry/places";
import { postgresValues } from "@/server/adapters/values/postgres";
import { startDriver } from "@/server/drivers/postgres/driver";
import { journalPool } from "@/server/drivers/postgres/journal-pool";
import { type LongAsk, longRuns } from "./runtime-long";
import { asking, inARow } from "./runtime-plans";
import { furnish, key, OVER, webOn } from "./runtime-studio";

/**
 * One worker of the studio under load, in a process of its own. Told by messages what to run, it answers with figures;
 * `bench/runtime.mjs` runs it beside its peers. `null` calls an agent in this process, free of charge: a journalled
 * command and its completion. `full` is a run as it is: agent over HTTP, reserve, capture, release, signed receipts.
 * `many` are short runs, each with values of its own and every tenth a full one, and what memory they leave behind.
 */
type Ask =
  | { do: "null" | "full"; runs: number; atOnce: number; steps: number }
  | { do: "resume"; runs: number }
  | { do: "many"; runs: number }
  | LongAsk;
type Figures = { stepsPerSecond: number; msPerStep: number[] };

const [databaseUrl = "", agentsUrl = ""] = process.argv.slice(2);
const PRICE = 10n;
const AT_ONCE = 64;

// As in the studio: a journal that a busy ledger never keeps waiting. The third is the web process that starts runs.
const journal = journalPool(databaseUrl);
const pool = new Pool({ connectionString: databaseUrl, max: 4 });
const values = postgresValues(pool);
const web = webOn(databaseUrl, values);
const long = longRuns(web);
const free: AgentsPort = {
  async call({ operation }) {
    const said = await long.called(operation);
    if (said) return said;
    const text = valuesOfTheirOwn ? operation : "done";
    return { ok: true, value: { output: { text }, price: money("microcredits", 0n), detail: {} } };
  },
};
const paid = httpAgents({ placeOf: registryPlaces(pool), addresses: { house: agentsUrl } });
const clock = systemClock();
const isPaid = new Set<string>();
let valuesOfTheirOwn = false;

const ports: Ports = {
  agents: {
    call: (ask, hear) => (isPaid.has(String(ask.operation).split("/")[0] ?? "") ? paid : free).call(ask, hear),
  },
  approvals: postgresApprovals(pool),
  clock,
  credits: ledgerCredits(pool),
  models: simulateModels(new Map()),
  policy: postgresPolicies({ pool, clock }),
  progress: postgresProgress({ pool, failed: (problem) => console.error("progress_lost", problem) }),
  values,
};

async function through(plan: Plan, what: "null" | "full", given = { text: "hello" }): Promise<void> {
  const id = randomUUID();
  if (what === "full") isPaid.add(id);
  const over = web.until(id, OVER);
  await web.start(plan, { id, given });
  await over;
  isPaid.delete(id);
}

/** Does `work` so often, so much of it at once. */
async function often(runs: number, atOnce: number, work: (left: number) => Promise<void>): Promise<void> {
  let left = runs;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      await work(left);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function load({ do: what, runs, atOnce, steps }: Extract<Ask, { atOnce: number }>): Promise<Figures> {
  const plan = plans(what, steps);
  const msPerStep: number[] = [];
  const began = performance.now();
  await often(runs, atOnce, async () => {
    const from = performance.now();
    await through(plan, what);
    msPerStep.push((performance.now() - from) / steps);
  });
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
  const ids: string[] = [];
  for (let made = 0; made < runs; made++) {
    const id = randomUUID();
    const asks = web.until(id, ["waiting"]);
    await web.start(asking, { id });
    await asks;
    ids.push(id);
  }
  const msPerStep: number[] = [];
  for (const run of ids) {
    const event = await web.yesTo(run);
    const over = web.until(run, OVER);
    const from = performance.now();
    await web.deliver(run, { key: "answer", event });
    await over;
    msPerStep.push(performance.now() - from);
  }
  return { stepsPerSecond: 0, msPerStep };
}

/** Units: megabytes of 1,000,000 bytes, after everything that nobody needs any more has been collected. */
async function many(runs: number): Promise<{ rssMb: number; heapMb: number }> {
  valuesOfTheirOwn = true;
  await often(runs, AT_ONCE, (left) => {
    const what = left % 10 === 0 ? "full" : "null";
    return through(plans(what, 1), what, { text: `hello ${randomUUID()}` });
  });
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await new Promise((rest) => setTimeout(rest, 100));
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rssMb: rss / 1_000_000, heapMb: heapUsed / 1_000_000 };
}

function figures(ask: Ask): Promise<object> {
  if (ask.do === "resume") return resume(ask.runs);
  if (ask.do === "many") return many(ask.runs);
  return ask.do === "long" ? long.measure(ask) : load(ask);
}

await furnish(web.pool);
await web.listen();
const driver = await startDriver({
  pool: journal,
  ports,
  key,
  limits: { callsOfAgent: 32, rate: null }, // it is the driver that is measured, not how long it makes a crowd wait
  log: (level, event, about) => level === "error" && console.error(event, about),
});
process.on("message", (ask: Ask) => void figures(ask).then((found) => process.send?.({ figures: found })));
process.on("disconnect", () => void driver.stop().then(() => process.exit(0)));
process.send?.({ ready: true });
