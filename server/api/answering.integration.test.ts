import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { RunId } from "@/flows/basics/ids";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import type { RunEvent } from "@/flows/run/events";
import { PrismaClient } from "@/generated/prisma/client";
import { postgresValues } from "@/server/adapters/values/postgres";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { eve, type Rig, rig } from "@/server/drivers/postgres/rig.contract";
import { systemClock } from "../adapters/clock/system";
import { approvalDesk } from "../repos/approval-desk";
import { questionsRepo } from "../repos/questions-repo";
import type { Services } from "../services";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

let cluster: Cluster;
let studio: Rig;
let db: PrismaClient;
let approvals: ReturnType<typeof callerOf>["approvals"];
const callerOf = (services: Services) =>
  createCallerFactory(appRouter)({ user: { id: eve, way: "browser" }, services });
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  const { url, pool } = await cluster.database();
  studio = rig(pool);
  await studio.open();
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }) });
  const repos = { approvalDesk: approvalDesk(db), questions: questionsRepo(db), values: postgresValues(studio.pool) };
  ({ approvals } = callerOf({ ...repos, clock: systemClock() } as Services));
});
afterEach(async () => {
  await studio.close();
  await db.$disconnect();
});

const after = (step: number, port = "done") => [{ step, port }];
const asked = (run: RunId, questions: number) =>
  expect
    .poll(async () => (await approvals.list({ state: "open" })).filter((each) => each.run === run).length, {
      timeout: 20_000,
    })
    .toBe(questions);

async function answer(operation: string, word: "approved" | "denied") {
  const all = await Promise.all([approvals.list({ state: "open" }), approvals.list({ state: "settled" })]);
  const shown = all.flat().find((each) => each.operation === operation);
  if (!shown) throw new Error(`nobody is asked ${operation}`);
  return approvals.answer({ operation: shown.operation, subject: shown.subject, answer: word });
}

const happened = (events: readonly RunEvent[]) =>
  events.map((event) =>
    `${event.type} ${"operation" in event ? event.operation.split("/").slice(1).join("/") : ""}`.trim(),
  );

test("12. Answering through the API continues, never restarts.", async () => {
  const { ports, performed } = studio.portsWith();
  await studio.drive(ports);
  const plan = planOf([callStep("a"), askStep("b", after(0)), callStep("c", after(1, "approved"))]);
  const run = await studio.start(plan);
  await asked(run, 1);
  await studio.until(run, ({ status, lease_until }) => status === "waiting" && lease_until === null);
  const before = await studio.events(run);
  await studio.stop(); // whoever goes on knows nothing but what is stored
  await answer(`${run}/b/ask`, "approved");
  await studio.drive(ports);
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });

  const events = await studio.events(run);
  expect(events.slice(0, before.length)).toEqual(before);
  expect(happened(events.slice(before.length))).toEqual([
    ...["approval_answered b/ask", "call_delivered c/call", "funds_captured c/capture", "funds_released release"],
  ]);
  expect(performed()).toEqual([`${run}/a/call`, `${run}/c/call`]);
  expect((await studio.pool.query("select id from run")).rows).toEqual([{ id: run }]);
  await expect(answer(`${run}/b/ask`, "denied")).rejects.toThrow("question_settled");
  expect(await studio.events(run)).toEqual(events);
}, 60_000);

test("3. Two parallel approvals: each answer reaches its own node.", async () => {
  const { ports, performed } = studio.portsWith();
  await studio.drive(ports);
  const plan = planOf([
    ...["one", "two"].map((id) => askStep(id, [], { denial: "continues" })),
    ...[0, 1].flatMap((step) => ["approved", "denied"].map((port) => callStep(`s${step}_${port}`, after(step, port)))),
  ]);
  const [first, second] = [await studio.start(plan), await studio.start(plan)];
  await Promise.all([asked(first, 2), asked(second, 2)]);
  // The later question first, and both at once: nothing may hang on the order in which they come.
  await answer(`${first}/two/ask`, "approved");
  await answer(`${first}/one/ask`, "denied");
  await Promise.all([answer(`${second}/one/ask`, "approved"), answer(`${second}/two/ask`, "denied")]);
  for (const run of [first, second]) expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  expect([...performed()].sort()).toEqual(
    [
      `${first}/s0_denied/call`,
      `${first}/s1_approved/call`,
      `${second}/s0_approved/call`,
      `${second}/s1_denied/call`,
    ].sort(),
  );
}, 60_000);
