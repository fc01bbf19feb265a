import { expect, test } from "vitest";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { eachWithRig } from "./fresh-rig.contract";
import type { Rig } from "./rig.contract";

let studio: Rig;
eachWithRig((fresh) => {
  studio = fresh;
});

const twoCalls = planOf([callStep("a"), callStep("b", [{ step: 0, port: "done" }])]);

/** Ports whose agents answer when they are told to. */
function slowPorts() {
  const { ports, performed } = studio.portsWith();
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const asked: string[] = [];
  const call: typeof ports.agents.call = async (ask) => {
    asked.push(ask.operation);
    await opened;
    return ports.agents.call(ask);
  };
  return { ports: { ...ports, agents: { call } }, quick: ports, open: () => open(), asked, performed };
}

const startMany = (count: number, plan = twoCalls) =>
  Promise.all(Array.from({ length: count }, () => studio.start(plan)));

const leases = async () =>
  (await studio.pool.query("select count(*)::int as held from run where lease_until is not null")).rows[0].held;

test("calls under way end and are journalled, nothing new is begun, and the next worker finishes every run", async () => {
  const { ports, quick, open, asked, performed } = slowPorts();
  const first = await studio.drive(ports, { limits: { rate: null, callsOfAgent: 1 } });
  const runs = await startMany(4, planOf([callStep("a"), callStep("b")])); // the second of a run waits for a place
  await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(1);
  const stopped = first.stop();
  await expect.poll(leases).toBe(1); // those that only waited for a place are free before the call has ended
  open();
  await stopped;
  expect(asked).toHaveLength(1);
  expect(await leases()).toBe(0);
  for (const operation of asked) {
    const events = await studio.events(operation.split("/")[0] as (typeof runs)[number]);
    expect(events.at(-1)).toMatchObject({ type: "call_delivered", operation });
  }
  await studio.drive(quick);
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  expect(performed()).toHaveLength(8);
  expect(studio.faults).toEqual([]);
});

test("a worker beside it takes what it gives back at once, while a slow call is still under way", async () => {
  const { ports, quick, open, asked } = slowPorts();
  const first = await studio.drive(ports, {
    limits: { rate: null, callsOfAgent: 1 },
    timing: { drainMs: 60_000, sweepMs: 600_000 },
  });
  const runs = await startMany(8);
  await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(1);
  await expect.poll(first.held, { timeout: 10_000 }).toBe(8);
  await studio.drive(quick, { timing: { sweepMs: 600_000 } });
  const stopped = first.stop();
  const slow = asked[0]?.split("/")[0];
  for (const run of runs)
    if (run !== slow) expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
  expect(first.held()).toBe(1);
  open();
  await stopped;
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
});

test("a call that may be made once and only waited for a place is made by the next worker, and nobody is asked", async () => {
  const { ports, quick, open, asked, performed } = slowPorts();
  const first = await studio.drive(ports, { limits: { rate: null, callsOfAgent: 1 } });
  const runs = await startMany(3, planOf([callStep("a", [], { effect: "once" })]));
  await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(1);
  const stopped = first.stop();
  await expect.poll(leases).toBe(1);
  open();
  await stopped;
  await studio.drive(quick);
  for (const run of runs) expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "10" });
  expect(performed()).toHaveLength(3);
});

test("runs that were claimed when it was told to stop are given back untouched", async () => {
  const { ports, quick, asked } = slowPorts();
  const ask = studio.pool.query.bind(studio.pool) as (...given: unknown[]) => Promise<unknown>;
  let goOn = () => {};
  let claims = 0;
  Object.assign(studio.pool, {
    query: async (...given: unknown[]) => {
      const answer = await ask(...given);
      const [{ name }] = given as [{ name?: string }];
      if (name === "claim_runs" && (answer as { rows: { id: string | null }[] }).rows[0]?.id) {
        claims += 1;
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
      }
      return answer;
    },
  });
  const first = await studio.drive(ports);
  const [run] = await startMany(1);
  if (!run) throw new Error("nothing was started");
  await expect.poll(() => claims, { timeout: 10_000 }).toBe(1);
  const stopped = first.stop();
  goOn();
  await stopped;
  expect(asked).toEqual([]);
  expect(await studio.row(run)).toMatchObject({ seq: 0, lease_until: null });
  Object.assign(studio.pool, { query: ask });
  await studio.drive(quick);
  expect(await studio.finished(run)).toMatchObject({ status: "succeeded", spent: "20" });
});
