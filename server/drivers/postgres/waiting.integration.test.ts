import { expect, test, vi } from "vitest";
import { askStep, callStep, planOf } from "@/flows/examples/small-plan";
import { eachWithRig } from "./fresh-rig.contract";
import { eve, type Rig } from "./rig.contract";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const after = (step: number, port = "done") => [{ step, port }];
const waiting = planOf([
  callStep("a"),
  askStep("b", after(0), { timeoutMs: 600_000 }),
  callStep("c", after(1, "approved")),
]);
const rested = ({ status, lease_until }: { status: string; lease_until: Date | null }) =>
  status === "waiting" && lease_until === null;

/** Counts what the driver asks of the database. */
function countQueries(pool: Rig["pool"]) {
  const ask = pool.query.bind(pool) as (...given: unknown[]) => unknown;
  let asked = 0;
  Object.assign(pool, {
    query: (...given: unknown[]) => {
      asked += 1;
      return ask(...given);
    },
  });
  return () => asked;
}

test("runs that wait for people cost no polling, and hold neither memory nor lease", async () => {
  const driver = await studio.drive(studio.portsWith().ports, { timing: { sweepMs: 60_000 } });
  const runs = await Promise.all(Array.from({ length: 100 }, () => studio.start(waiting)));
  for (const run of runs) await studio.until(run, rested);
  await new Promise((resolve) => setTimeout(resolve, 500)); // the look that the last mail asked for
  const asked = countQueries(studio.pool);
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  expect(asked()).toBeLessThanOrEqual(2); // one look, for the leases that the runs held before they parked
  expect(driver.held()).toBe(0);
});

test("mail is taken whenever it comes, while a run moves, parks or rests, without waiting for a sweep", async () => {
  await studio.drive(studio.portsWith().ports, { timing: { sweepMs: 60_000 } });
  const runs = await Promise.all(Array.from({ length: 150 }, () => studio.start(waiting)));
  await Promise.all(
    runs.map(async (run, each) => {
      await new Promise((resolve) => setTimeout(resolve, (each * 7) % 900));
      await studio.mail(run, "cancel", { type: "cancel_asked", by: eve });
    }),
  );
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "cancelled" });
  const { rows } = await studio.pool.query("select count(*)::int as letters from run_inbox");
  expect(rows).toEqual([{ letters: 0 }]);
}, 30_000);

test.each(["before", "after"] as const)(
  "mail that comes %s the commit with which a run parks wakes it again",
  async (moment) => {
    let run: Awaited<ReturnType<Rig["start"]>> | undefined;
    let sent = false;
    await studio.drive(studio.portsWith().ports, {
      timing: { sweepMs: 60_000, leaseMs: 60_000 }, // nothing else would look in time
      async onCommit({ when, events }) {
        if (sent || events > 0 || when !== moment || !run || (await studio.row(run)).status !== "waiting") return;
        sent = true;
        await studio.mail(run, "cancel", { type: "cancel_asked", by: eve });
        await new Promise((resolve) => setTimeout(resolve, 100)); // its notice gets to the driver first
      },
    });
    run = await studio.start(waiting);
    expect(await studio.finished(run)).toMatchObject({ status: "cancelled" });
    expect(sent).toBe(true);
  },
  20_000,
);

test("a run that somebody had locked when its mail was told of is taken once they let go of it", async () => {
  await studio.drive(studio.portsWith().ports, { timing: { sweepMs: 60_000, leaseMs: 60_000 } });
  const run = await studio.start(waiting);
  await studio.until(run, rested);
  const lock = async () => {
    const client = await studio.pool.connect();
    await client.query("begin");
    const locked = client.query("select 1 from run where id = $1 for no key update", [run]);
    return { locked, release: () => client.query("rollback").finally(() => client.release()) };
  };
  const first = await lock();
  await first.locked;
  const mailed = studio.mail(run, "cancel", { type: "cancel_asked", by: eve });
  await lockWaits(1);
  const second = await lock(); // its turn comes with the commit that tells of the mail
  await lockWaits(2);
  await first.release();
  await Promise.all([mailed, second.locked]);
  await new Promise((resolve) => setTimeout(resolve, 100)); // the driver hears of the mail, and finds the run locked
  expect(await studio.row(run)).toMatchObject({ status: "waiting" });
  await second.release();
  expect(await studio.finished(run)).toMatchObject({ status: "cancelled" });
}, 20_000);

async function lockWaits(count: number): Promise<void> {
  await vi.waitFor(async () => {
    const { rows } = await studio.pool.query("select count(*)::int as waits from pg_locks where not granted");
    expect(rows).toEqual([{ waits: count }]);
  }, 5_000);
}

test("an answer that was given in time counts, however late a worker comes to read it", async () => {
  const plan = planOf([askStep("a", [], { timeoutMs: 2_000 })]);
  await studio.drive(studio.portsWith().ports);
  const run = await studio.start(plan);
  await studio.until(run, rested);
  await studio.stop();
  await studio.answer(run, "approved");
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  await studio.drive(studio.portsWith().ports);
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded" });
});

test("a call that may be made once and was under way when its worker went is not made again", async () => {
  const plan = planOf([callStep("a", [], { effect: "once" })]);
  const { ports, performed } = studio.portsWith();
  let calls = 0;
  const call: typeof ports.agents.call = async (ask) => {
    calls += 1;
    await ports.agents.call(ask);
    return new Promise(() => undefined); // it was done, and nobody hears of it
  };
  const first = await studio.drive({ ...ports, agents: { call } }, { timing: { drainMs: 50 } });
  const run = await studio.start(plan);
  await expect.poll(() => calls, { timeout: 10_000 }).toBe(1);
  await first.stop();
  await studio.drive({ ...ports, agents: { call } });
  expect(await studio.until(run, ({ status }) => status === "unknown")).toMatchObject({ fault: null });
  expect(calls).toBe(1);
  expect(performed()).toHaveLength(1);
});

test("a keyed call that was under way when its worker went is asked for again, and done once", async () => {
  const plan = planOf([callStep("a")]);
  const { ports, performed } = studio.portsWith();
  let calls = 0;
  const call: typeof ports.agents.call = async (ask) => {
    calls += 1;
    const answer = await ports.agents.call(ask);
    return calls === 1 ? new Promise(() => undefined) : answer;
  };
  const first = await studio.drive({ ...ports, agents: { call } }, { timing: { drainMs: 50 } });
  const run = await studio.start(plan);
  await expect.poll(() => calls, { timeout: 10_000 }).toBe(1);
  await first.stop();
  await studio.drive({ ...ports, agents: { call } });
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  expect(performed()).toHaveLength(1);
});
