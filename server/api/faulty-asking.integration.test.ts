import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { SIMPLE } from "@/flows/plan/agreement";
import { PrismaClient } from "@/generated/prisma/client";
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
