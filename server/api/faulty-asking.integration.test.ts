import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunId } from "@/flows/basics/ids";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { SIMPLE } from "@/flows/plan/agreement";
import { PrismaClient } from "@/generated/prisma/client";
import { postgresApprovals } from "@/server/adapters/approvals/postgres";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { eve, type Rig, rig } from "@/server/drivers/postgres/rig.contract";
import { questionsRepo } from "../repos/questions-repo";

let cluster: Cluster;
let studio: Rig;
let db: PrismaClient;
beforeAll(async () => {
  cluster = await startCluster();
  const { url, pool } = await cluster.database();
  studio = rig(pool);
  await studio.open();
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) });
});
afterAll(async () => {
  await studio.close();
  await db.$disconnect();
  await cluster.stop();
});

/** Counts every time that setting an approval up looks at a part of the question, and throws at one of them. */
function faulty<T extends object>(value: T, at: { left: number }): T {
  return new Proxy(value, {
    get(target, name, receiver) {
      const part: unknown = Reflect.get(target, name, receiver);
      if (typeof name === "symbol" || typeof part === "function") return part;
      at.left -= 1;
      if (at.left === 0) throw new Error(`injected at ${name}`);
      return typeof part === "object" && part !== null ? faulty(part, at) : part;
    },
  });
}

const ladder = [{ afterMs: 60_000, hours: null, approvers: [] }];
const ask = askStep("q", [], { approvers: [eve], agreement: { ...SIMPLE, ladder } });
const plan = planOf([ask, callStep("work", [{ step: 0, port: "approved" }])]);

test("6. An exception on any line of setting an approval up: the run is denied, not continued.", async () => {
  const { ports, performed } = studio.portsWith();
  const places = new Map<string, { left: number }>();
  const approvals = {
    ...ports.approvals,
    ask: (question: Parameters<typeof ports.approvals.ask>[0]) =>
      ports.approvals.ask(faulty(question, places.get(question.about.run) ?? { left: 0 })),
  };
  await studio.drive({ ...ports, approvals });
  const started = (left: number) => {
    const run = randomUUID();
    places.set(run, { left });
    return studio.start(plan, run);
  };
  const whole = await started(0); // counts and never throws
  await studio.until(whole, ({ status, lease_until }) => status === "waiting" && lease_until === null);
  const looks = -(places.get(whole)?.left ?? 0);
  expect(looks).toBeGreaterThan(20);

  const runs = await Promise.all(Array.from({ length: looks }, (_, place) => started(place + 1)));
  for (const [place, run] of runs.entries())
    expect([place, await studio.finished(run)]).toEqual([
      place,
      expect.objectContaining({ status: "failed", spent: "0" }),
    ]);
  expect(performed()).toEqual([]);
  const open = await questionsRepo(db).list(eve, { state: "open" });
  expect(open.map(({ run }) => run)).toEqual([whole]);
}, 300_000);

type Question = Parameters<ReturnType<typeof postgresApprovals>["ask"]>[0];

/** Sets an approval up while a table is not there, and leaves no trace of that. What comes of it where it was not needed is put again. */
async function askWithout(table: string, question: Question) {
  const client = await studio.pool.connect();
  try {
    await client.query("begin");
    await client.query(`alter table "${table}" rename to "${table}_is_away"`);
    const query: typeof studio.pool.query = client.query.bind(client);
    const asked = await postgresApprovals(Object.assign(Object.create(studio.pool), { query })).ask(question);
    await client.query("rollback");
    return asked.ok ? await postgresApprovals(studio.pool).ask(question) : asked;
  } finally {
    client.release();
  }
}

test("6. An exception in any part of the statement that sets an approval up: the run is denied, not continued.", async () => {
  const { rows } = await studio.pool.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  const { ports, performed } = studio.portsWith();
  const away = new Map<string, string>();
  let before = Promise.resolve<unknown>(null);
  const put = new Map<string, boolean>();
  const approvals = {
    ...ports.approvals,
    ask(question: Question) {
      const asked = before.then(() => askWithout(away.get(question.about.run) ?? "", question));
      before = asked.then(({ ok }) => put.set(question.about.run, ok));
      return asked;
    },
  };
  await studio.stop();
  await studio.drive({ ...ports, approvals });
  const runs = new Map<string, string>();
  for (const { name } of rows) {
    const run = randomUUID();
    away.set(run, name);
    runs.set(name, await studio.start(plan, run));
  }
  await expect.poll(() => put.size, { timeout: 120_000 }).toBe(runs.size);
  const denied = [...runs].filter(([, run]) => !put.get(run));
  for (const [table, run] of denied)
    expect([table, await studio.finished(RunId.parse(run))]).toEqual([
      table,
      expect.objectContaining({ status: "failed", spent: "0" }),
    ]);
  for (const needed of ["group_member", "membership", "notice_happening", "question", "question_asked", "run", "user"])
    expect(denied.map(([table]) => table)).toContain(needed);
  expect(performed()).toEqual([]);
  const open = new Set((await questionsRepo(db).list(eve, { state: "open" })).map(({ run }) => run));
  for (const [table, run] of runs) expect([table, open.has(RunId.parse(run))]).toEqual([table, put.get(run)]);
}, 300_000);
