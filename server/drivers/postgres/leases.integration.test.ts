import { beforeEach, expect, test } from "vitest";
import { callStep, planOf } from "@/flows/examples/small-plan";
import { claim, untilNextDue, wakeSleepers } from "./claiming";
import { eachWithRig } from "./fresh-rig.contract";
import { giveBack, renew, stopAtFault } from "./leases";
import type { Rig } from "./rig.contract";

let studio: Rig;
let run: Awaited<ReturnType<Rig["start"]>>;
eachWithRig((fresh) => {
  studio = fresh;
});
beforeEach(async () => {
  run = await studio.start(planOf([callStep("a")]));
});

const take = async (leaseMs = 60_000) => (await claim(studio.pool, { limit: 10, leaseMs })).claimed;
const flag = () => studio.pool.query("update run set wake_at = now()");

test("a run that is held is nobody else's, even when mail has come for it", async () => {
  const [lease] = await take();
  expect(lease).toMatchObject({ run, token: 1n });
  await flag();
  expect(await take()).toEqual([]);
});

test("a lease that has run out is taken over, and its holder can neither renew it nor give it back", async () => {
  const [late] = await take(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const [next] = await take();
  expect(next).toMatchObject({ run, token: 2n });
  if (!late) throw new Error("nothing was claimed");
  expect(await renew(studio.pool, [late], 60_000)).toEqual(new Set());
  await giveBack(studio.pool, [late]);
  expect(await stopAtFault(studio.pool, late, "late")).toBe(false);
  expect(await studio.row(run)).toMatchObject({ fault: null, lease_until: expect.any(Date) });
});

test("a run that has stopped at a fault is not tried again, whatever mail comes", async () => {
  const [lease] = await take();
  if (!lease) throw new Error("nothing was claimed");
  expect(await stopAtFault(studio.pool, lease, "broken")).toBe(true);
  await flag();
  expect(await take()).toEqual([]);
});

test("the next look is when the first lease runs out or the first parked run is due", async () => {
  await take(5_000);
  expect(await untilNextDue(studio.pool)).toBeGreaterThan(3_000);
  const later = await studio.start(planOf([callStep("a")]));
  await studio.pool.query("update run set wake_at = now() + interval '2 seconds' where id = $1", [later]);
  expect(await untilNextDue(studio.pool)).toBeLessThanOrEqual(2_000);
});

test("the time of a parked run comes by itself, and a worker says so", async () => {
  await studio.pool.query("update run set wake_at = now() + interval '60 milliseconds'");
  await wakeSleepers(studio.pool);
  expect(await take()).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(await untilNextDue(studio.pool)).toBeLessThanOrEqual(0);
  await wakeSleepers(studio.pool);
  expect(await take()).toMatchObject([{ run }]);
});

test("two workers that claim at once share the runs between them", async () => {
  for (let each = 0; each < 30; each++) await studio.start(planOf([callStep("a")]));
  const shares = await Promise.all(Array.from({ length: 4 }, () => take()));
  const runs = shares.flat().map((lease) => lease.run);
  expect(new Set(runs).size).toBe(runs.length);
});
