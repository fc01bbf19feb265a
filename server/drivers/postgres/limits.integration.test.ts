import { expect, test } from "vitest";
import { AgentId } from "@/flows/basics/ids";
import { callStep, chooseStep, planOf } from "@/flows/examples/small-plan";
import { eachWithRig } from "./fresh-rig.contract";
import { eve, type Rig, reader } from "./rig.contract";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const one = planOf([callStep("a")]);

async function startMany(count: number): Promise<Awaited<ReturnType<Rig["start"]>>[]> {
  const runs: Awaited<ReturnType<Rig["start"]>>[] = [];
  for (let each = 0; each < count; each++) runs.push(await studio.start(one));
  return runs;
}

test("calls to one agent, and calls of one owner, are made so many at once and no more", async () => {
  const writer = AgentId.parse("acme/writer@1.0.0");
  const { ports } = studio.portsWith();
  const under = { reader: 0, all: 0 };
  const most = { reader: 0, all: 0 };
  const call: typeof ports.agents.call = async (ask) => {
    const isReader = ask.agent === reader;
    under.all += 1;
    under.reader += isReader ? 1 : 0;
    most.all = Math.max(most.all, under.all);
    most.reader = Math.max(most.reader, under.reader);
    await new Promise((resolve) => setTimeout(resolve, 30));
    under.all -= 1;
    under.reader -= isReader ? 1 : 0;
    return ports.agents.call({ ...ask, agent: reader });
  };
  await studio.drive({ ...ports, agents: { call } }, { limits: { rate: null, callsOfAgent: 3, callsOfOwner: 5 } });
  const both = planOf([callStep("a"), callStep("b", [], { agent: writer })]);
  const runs = await Promise.all(Array.from({ length: 20 }, () => studio.start(both)));
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
  expect(most).toEqual({ reader: 3, all: 5 });
});

test("calls over the rate come later, at the rate, and none of them fails or is paid for twice", async () => {
  const { ports, performed } = studio.portsWith();
  const made: number[] = [];
  const call: typeof ports.agents.call = (ask) => {
    made.push(Date.now());
    return ports.agents.call(ask);
  };
  await studio.drive({ ...ports, agents: { call } }, { limits: { rate: { perMinute: 600, burst: 4 } } });
  const runs = await startMany(24); // 4 at once, then one each tenth of a second
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  expect(performed()).toHaveLength(24);
  const [first = 0] = made;
  for (const [place, at] of made.sort((a, b) => a - b).entries())
    expect(at - first).toBeGreaterThanOrEqual((place - 4) * 100 - 50);
  expect(studio.faults).toEqual([]);
});

test("a call that waits for its turn holds no memory, is seen as running, and delays nothing but itself", async () => {
  const { ports, performed } = studio.portsWith();
  const driver = await studio.drive(ports, { limits: { rate: { perMinute: 20, burst: 1 } } });
  const first = await studio.start(one);
  expect(await studio.finished(first)).toMatchObject({ status: "succeeded" });
  const late = await studio.start(one);
  const parked = await studio.until(late, ({ seq, lease_until }) => seq > 1 && lease_until === null);
  expect(parked).toMatchObject({ status: "running", fault: null });
  expect(parked.wake_at?.getTime()).toBeGreaterThan(Date.now());
  expect(driver.held()).toBe(0);
  const free = await studio.start(planOf([chooseStep("a")]));
  expect(await studio.finished(free)).toMatchObject({ status: "succeeded" });
  expect(performed()).toHaveLength(1);
  expect(await studio.finished(late)).toMatchObject({ status: "succeeded", spent: "10" });
  const audit = await studio.audit(late);
  expect(audit.foldEqualsState).toBe(true);
  expect(audit.outbox).toEqual([]);
});

test("a call keeps its turn over a restart, and does not ask for another", async () => {
  const { ports, performed } = studio.portsWith();
  const limits = { rate: { perMinute: 15, burst: 1 } };
  await studio.drive(ports, { limits });
  await studio.finished(await studio.start(one));
  const late = await studio.start(one);
  await studio.until(late, ({ seq, lease_until }) => seq > 1 && lease_until === null);
  const bucket = () => studio.pool.query("select free_at from call_rate").then(({ rows }) => rows[0].free_at.getTime());
  const before = await bucket();
  await studio.stop();
  await studio.drive(ports, { limits });
  expect(await studio.finished(late)).toMatchObject({ status: "succeeded" });
  expect(await bucket()).toBe(before);
  expect(performed()).toHaveLength(2);
}, 30_000);

test("a delay does not run an agent's deadline down: what is lost after it is asked for again", async () => {
  const { ports } = studio.portsWith();
  let calls = 0;
  const call: typeof ports.agents.call = async (ask) => {
    calls += 1;
    if (calls === 2) return { ok: false, error: { code: "outcome_unknown", reason: "lost" } };
    return ports.agents.call(ask);
  };
  await studio.drive({ ...ports, agents: { call } }, { limits: { rate: { perMinute: 30, burst: 1 } } });
  await studio.finished(await studio.start(one));
  const late = await studio.start(planOf([callStep("a", [], { deadlineMs: 500 })])); // less than its turn is away
  expect(await studio.finished(late)).toMatchObject({ status: "succeeded", spent: "10" });
  expect(calls).toBe(3);
}, 30_000);

test("a run that is stopped gives up the calls whose turn has not come, and with them their turns", async () => {
  const { ports, performed } = studio.portsWith();
  await studio.drive(ports, { limits: { rate: { perMinute: 1, burst: 1 } } });
  await studio.finished(await studio.start(one));
  const late = await studio.start(one);
  await studio.until(late, ({ seq, lease_until }) => seq > 1 && lease_until === null);
  const { rows: before } = await studio.pool.query("select free_at from call_rate");
  await studio.mail(late, "cancel", { type: "cancel_asked", by: eve });
  expect(await studio.finished(late)).toMatchObject({ status: "cancelled", spent: "0" });
  expect(performed()).toHaveLength(1);
  expect((await studio.audit(late)).foldEqualsState).toBe(true);
  const minute = async () =>
    before[0].free_at.getTime() - (await studio.pool.query("select free_at from call_rate")).rows[0].free_at.getTime();
  await expect.poll(minute).toBe(60_000);
});

test("a call that may be made once is marked when it leaves and not while it waits", async () => {
  const { ports } = studio.portsWith();
  await studio.drive(ports, { limits: { rate: { perMinute: 20, burst: 1 } } });
  await studio.finished(await studio.start(one));
  const late = await studio.start(planOf([callStep("a", [], { effect: "once" })]));
  await studio.until(late, ({ seq, lease_until }) => seq > 1 && lease_until === null);
  await studio.stop();
  const { rows } = await studio.pool.query("select sent_at from run_outbox where run_id = $1", [late]);
  expect(rows).toEqual([{ sent_at: null }]);
  await studio.drive(ports, { limits: { rate: { perMinute: 20, burst: 1 } } });
  expect(await studio.finished(late)).toMatchObject({ status: "succeeded", spent: "10" });
}, 30_000);

test("a rate that cannot be asked lets no call through, and the run goes on once it can be", async () => {
  const { ports, performed } = studio.portsWith();
  const ask = studio.pool.query.bind(studio.pool) as (...given: unknown[]) => unknown;
  let away = true;
  Object.assign(studio.pool, {
    query: (...given: unknown[]) => {
      const [{ name }] = given as [{ name?: string }];
      if (name === "call_turns" && away) return Promise.reject(Object.assign(new Error("gone"), { code: "57P01" }));
      return ask(...given);
    },
  });
  await studio.drive(ports, { limits: { rate: { perMinute: 60, burst: 5 } } });
  const run = await studio.start(one);
  await studio.until(run, ({ seq }) => seq >= 2);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(performed()).toEqual([]);
  expect(await studio.row(run)).toMatchObject({ status: "running", fault: null, spent: "0" });
  away = false;
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
}, 30_000);
