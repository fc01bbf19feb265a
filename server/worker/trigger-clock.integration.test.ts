import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { claimStarts, queueDue, untilNext } from "@/server/adapters/triggers/due";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { carryOutStart } from "@/server/use-cases/carry-out-start";
import { BOUND, eve, openRig, type Rig, trial, triggered } from "@/server/use-cases/trigger-rig.contract";
import { startTriggerClock } from "./trigger-clock";

let cluster: Cluster;
let rig: Rig;
const clocks: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  rig = await openRig(cluster);
});
afterEach(async () => {
  await Promise.all(clocks.splice(0).map((clock) => clock.stop()));
  await rig.close();
});

async function startClock(): Promise<void> {
  const { pool, services } = rig;
  const starts = {
    queueDue: () => queueDue(pool),
    claim: () => claimStarts(pool),
    untilNext: () => untilNext(pool),
    services: () => services,
  };
  const problems = (_: string, event: string, about: object) => {
    throw new Error(`${event} ${JSON.stringify(about)}`);
  };
  clocks.push(await startTriggerClock({ pool, starts, log: problems }));
}

/** The trigger's next time, so many minutes ago. */
async function overdue(trigger: string, minutes: number): Promise<void> {
  await rig.pool.query(
    "update flow_trigger set next_at = date_trunc('minute', now()) - make_interval(mins => $2) where id = $1",
    [trigger, minutes],
  );
}

type Started = { key: string; state: string; cause: string | null; run: string | null; by: string | null };
async function started(trigger: string): Promise<Started[]> {
  const { rows } = await rig.pool.query<Started>(
    `select s.key, s.state, s.cause, r.id as run, r.started_by as by
       from trigger_start s left join run r on r.id = s.run_id where s.trigger_id = $1 order by s.key`,
    [trigger],
  );
  return rows;
}

const settled = async (trigger: string) =>
  (await started(trigger)).filter(({ state }) => state === "started" || state === "refused").length;

test("two clocks beside each other start each time of many schedules exactly once", async () => {
  const triggers: string[] = [];
  for (let place = 0; place < 12; place++) {
    const { trigger } = await rig.turnOn(await rig.draw(`f${place}`), "tick");
    await overdue(trigger, 4);
    triggers.push(trigger);
  }
  await Promise.all([startClock(), startClock(), startClock()]);
  for (const trigger of triggers) {
    let starts: Started[] = [];
    const areSettled = async () => {
      starts = await started(trigger); // a minute that begins meanwhile brings one more, which takes a moment
      return starts.length >= 5 && starts.every(({ state }) => state === "started" || state === "refused");
    };
    await expect.poll(areSettled, { timeout: 30_000 }).toBe(true);
    expect(starts.every(({ state, run, by }) => state === "started" && run !== null && by === "schedule")).toBe(true);
    const minutes = starts.map(({ key }) => Date.parse(key) / 60_000);
    expect(minutes).toEqual(minutes.map((_, place) => (minutes[0] ?? 0) + place));
  }
  const written = async () => {
    const { rows } =
      await rig.pool.query(`select count(*)::int as runs, (select count(*)::int from run_inbox where key = 'start') as letters,
      (select count(*)::int from trigger_start) as starts from run`);
    return { ...rows[0], isEach: rows[0].runs === rows[0].starts && rows[0].letters === rows[0].starts };
  };
  await expect.poll(written).toMatchObject({ isEach: true });
});

test("what a worker wrote down before it died is started by another, and what it had begun is not started twice", async () => {
  const { trigger } = await rig.turnOn(await rig.draw("f"), "tick");
  await overdue(trigger, 2);
  await queueDue(rig.pool);
  const [first] = await claimStarts(rig.pool);
  if (!first) throw new Error("nothing was claimed");
  const deaf = { ...rig.services, triggers: { ...rig.services.triggers, settle: async () => undefined } };
  expect(await carryOutStart(deaf, first)).toEqual({ ok: true, value: first.run });
  await rig.pool.query("update trigger_start set lease_until = now() - interval '1 second'"); // as if half a minute had passed
  await startClock();
  await expect.poll(() => settled(trigger), { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
  const starts = await started(trigger);
  expect(starts.every(({ state, run }) => state === "started" && run !== null)).toBe(true);
  const { rows } = await rig.pool.query("select count(*)::int as runs from run");
  expect(rows[0].runs).toBe(starts.length);
});

test("a schedule is started within a second of its time, and its next time is set", async () => {
  const { trigger } = await rig.turnOn(await rig.draw("f"), "tick", { missed: "once" });
  await startClock();
  await rig.pool.query("update flow_trigger set next_at = now() + interval '1500 milliseconds' where id = $1", [
    trigger,
  ]);
  await rig.pool.query("notify trigger_due");
  await expect.poll(() => settled(trigger), { timeout: 5_000 }).toBe(1);
  const { rows } = await rig.pool.query(
    `select extract(epoch from r.created_at - s.key::timestamptz)::float8 as late, t.next_at > now() as ahead
       from trigger_start s join run r on r.id = s.run_id join flow_trigger t on t.id = s.trigger_id`,
  );
  expect(rows[0].late).toBeGreaterThanOrEqual(0);
  expect(rows[0].late).toBeLessThan(1);
  expect(rows[0].ahead).toBe(true);
});

test("of missed times the policy says what is made up for, and what is left out is written down", async () => {
  let begunMs = Number.POSITIVE_INFINITY;
  /** Without the times of minutes that begin while the test goes on. */
  const missed = async (trigger: string) =>
    (await started(trigger)).filter(({ key }) => key.startsWith("missed:") || Date.parse(key) <= begunMs);
  const made = async (trigger: string) => (await missed(trigger)).filter(({ state }) => state === "started").length;
  const on = async (name: string, missed: "skip" | "once" | "all") => {
    const { trigger } = await rig.turnOn(await rig.draw(name), "tick", { missed });
    await overdue(trigger, 150);
    return trigger;
  };
  const [skip, once, all] = [await on("skip", "skip"), await on("once", "once"), await on("all", "all")];
  await rig.pool.query(
    "update flow_trigger set next_at = next_at - interval '90 days', cron = '0 3 1 * *' where id = $1",
    [skip],
  );
  begunMs = Date.now();
  await startClock();
  await expect.poll(() => made(all), { timeout: 30_000 }).toBe(100);
  await expect.poll(() => made(once)).toBe(1);
  const [skipped, single, each] = [await missed(skip), await missed(once), await missed(all)];
  expect(skipped.map(({ state, cause }) => [state, JSON.parse(cause ?? "{}").code])).toEqual([
    ["refused", "times_missed"],
  ]);
  expect(single.map(({ state }) => state)).toEqual(["started"]);
  expect(each).toHaveLength(101);
  expect(each.filter(({ key }) => key.startsWith("missed:"))).toHaveLength(1);
});

test("the cap of a day holds whatever is started at once, and what is beyond it is refused with its cause", async () => {
  const flow = await rig.draw("f");
  const { trigger } = await rig.turnOn(flow, "tick", { mostPerDay: trial(3n * BOUND) });
  await overdue(trigger, 9);
  await Promise.all([startClock(), startClock()]);
  await expect.poll(() => settled(trigger), { timeout: 20_000 }).toBeGreaterThanOrEqual(10);
  const starts = await started(trigger);
  expect(starts.filter(({ state }) => state === "started")).toHaveLength(3);
  const refused = starts.filter(({ state }) => state === "refused");
  expect(refused.every(({ run, cause }) => run === null && JSON.parse(cause ?? "").code === "cap_reached")).toBe(true);

  // A day later they do not count any more.
  await rig.pool.query(
    "update trigger_start set admitted_at = admitted_at - interval '24 hours', at = at - interval '24 hours'",
  );
  const [on] = await rig.services.triggers.list(eve, flow);
  expect(on?.counted.amount).toBe(0n);
});

test("a trigger that is turned off, or whose flow is gone, starts nothing more", async () => {
  const [off, gone] = [await rig.draw("off"), await rig.draw("gone")];
  const [one, other] = [await rig.turnOn(off, "tick"), await rig.turnOn(gone, "tick")];
  await overdue(one.trigger, 1);
  await overdue(other.trigger, 1);
  await queueDue(rig.pool);
  expect(await rig.services.triggers.turnOff(eve, one.trigger)).toBe(true);
  await rig.services.flows.remove(eve, gone);
  expect(await rig.services.triggers.list(eve, gone)).toMatchObject([{ isOn: false, nextAtMs: null }]);
  await startClock();
  const causes = async (trigger: string) => (await started(trigger)).map(({ cause }) => JSON.parse(cause ?? "{}").code);
  await expect.poll(() => causes(one.trigger)).toEqual(["trigger_off", "trigger_off"]);
  await expect.poll(() => causes(other.trigger)).toEqual(["trigger_off", "trigger_off"]);
  expect((await rig.pool.query("select 1 from run")).rowCount).toBe(0);
});

test("a run that ends raises an event once, and a flow that starts itself by it ends at the eighth link", async () => {
  const schema = { type: "object", properties: { flow: { type: "string" }, run: { type: "string" } } };
  const nodes = triggered.nodes.map((node) =>
    node.id === "paid" ? { ...node, settings: { event: "run.failed", schema } } : node,
  );
  const flow = await rig.draw("f", { ...triggered, nodes });
  const { trigger } = await rig.turnOn(flow, "paid");
  await rig.turnOn(flow, "hook");
  await startClock();
  const by = await rig.turnOn(flow, "tick");
  await overdue(by.trigger, 0);
  await rig.pool.query("notify trigger_due");
  await expect.poll(async () => (await rig.pool.query("select 1 from run")).rowCount).toBe(1);
  await rig.pool.query("update flow_trigger set next_at = null where id = $1", [by.trigger]); // a minute may begin meanwhile
  const endAll = () =>
    rig.pool.query("update run set status = 'failed', finished_at = now() where finished_at is null");
  await expect
    .poll(
      async () => {
        await endAll();
        await endAll(); // what has ended does not end again
        return settled(trigger);
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(9);
  const starts = await started(trigger);
  expect(starts.filter(({ state, by }) => state === "started" && by === "event")).toHaveLength(8);
  const [last] = starts.filter(({ state }) => state === "refused");
  expect(JSON.parse(last?.cause ?? "{}")).toEqual({ code: "start_too_deep", depth: 9, most: 8 });
  expect((await rig.pool.query("select 1 from run")).rowCount).toBe(9);
});
