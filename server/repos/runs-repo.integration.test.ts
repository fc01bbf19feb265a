import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, Digest, FlowId, RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { planOf } from "@/flows/examples/small-plan";
import { fromStored } from "@/flows/plan/stored";
import { PrismaClient } from "@/generated/prisma/client";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { ByMail } from "@/server/drivers/postgres/letter-shape";
import { runsRepo } from "./runs-repo";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const eve = AccountId.parse("eve");
const plan = Digest.parse("a".repeat(64));

async function studio() {
  const { url, pool } = await cluster.database();
  await pool.query(`insert into "user" (id, name) values ('eve', 'Eve'), ('bob', 'Bob')`);
  await pool.query("insert into flow (id, owner_id, name, document) values ('f', 'eve', 'Flow', '{}')");
  await pool.query("insert into plan (hash, body) values ($1, '{}'), ('other', '{}')", [plan]);
  const run = (id: string, more: Record<string, unknown>) => {
    const row = { id, owner_id: "eve", flow_id: "f", flow_version: 1, flow_name: "Flow", plan_hash: plan, ...more };
    const all = { currency: "trial_microcredits", budget: 10, ...row };
    const names = Object.keys(all);
    const places = names.map((_, place) => `$${place + 1}`);
    return pool.query(`insert into run (${names.join()}) values (${places.join()})`, Object.values(all));
  };
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) });
  return { db, pool, run, repo: runsRepo(db, { freshAbove: null }), close: () => db.$disconnect() };
}

test("a run that stopped at a fault goes on when its owner says so, once, and nobody else's does", async () => {
  const { pool, run, repo, close } = await studio();
  await run("broken", { fault: "RangeError: no step 7" });
  await run("sound", {});
  expect(await repo.retry(AccountId.parse("bob"), RunId.parse("broken"))).toBe(false);
  expect(await repo.retry(eve, RunId.parse("sound"))).toBe(false);
  expect(await repo.retry(eve, RunId.parse("broken"))).toBe(true);
  const { rows } = await pool.query("select fault, wake_at <= now() as due from run where id = 'broken'");
  expect(rows).toEqual([{ fault: null, due: true }]);
  expect(await repo.retry(eve, RunId.parse("broken"))).toBe(false);
  await close();
});

test("what runs of a plan spent is told of those that have ended, the last one first, of one owner and one plan", async () => {
  const { run, repo, close } = await studio();
  const ended = (spent: number, minute: number, more = {}) =>
    run(`r${spent}`, { spent, finished_at: new Date(0), created_at: new Date(minute * 60_000), ...more });
  await ended(1, 1);
  await ended(2, 3);
  await ended(3, 2);
  await ended(4, 4, { plan_hash: "other" });
  await ended(5, 5, { owner_id: "bob" });
  await ended(6, 6, { finished_at: null });
  expect(await repo.spentBy(eve, plan, 2)).toEqual([money("trial_microcredits", 2n), money("trial_microcredits", 3n)]);
  expect(await repo.spentBy(eve, plan, 30)).toHaveLength(3);
  await close();
});

test("the letter that starts a run says above what a yes takes something fresh, and a worker can read it", async () => {
  const { db, pool, close } = await studio();
  const freshAbove = money("microcredits", 100_000_000n);
  const terms = {
    run: RunId.parse("new"),
    plan,
    payer: eve,
    input: plan,
    policy: null,
    budget: money("microcredits", 0n),
  };
  const at = { flow: FlowId.parse("f"), flowName: "Flow", flowVersion: 1, startedBy: "person" as const, atMs: 0 };
  await runsRepo(db, { freshAbove }).queue({ terms, plan: planOf([]), ...at });
  const { rows } = await pool.query("select event from run_inbox where run_id = 'new'");
  expect(ByMail.parse(fromStored(rows[0].event))).toMatchObject({ type: "run_started", freshAbove });
  await close();
});
