import { afterAll, beforeAll, expect, test } from "vitest";
import { AccountId, Digest, NodeId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import { compile } from "@/flows/compile/compile";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { catalog } from "@/flows/nodes/catalog";
import { timesAfter } from "@/flows/triggers/schedule-times";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { rotateTriggerSecret } from "./rotate-trigger-secret";
import { BOUND, eve, openRig, type Rig, trial, triggered } from "./trigger-rig.contract";
import { type TurnOn, turnOnTrigger } from "./turn-on-trigger";

let cluster: Cluster;
let rig: Rig;
beforeAll(async () => {
  cluster = await startCluster();
  rig = await openRig(cluster);
  await rig.pool.query(`insert into "user" (id, name) values ('bob', 'Bob')`);
});
afterAll(async () => {
  await rig.close();
  await cluster.stop();
});

const bob = AccountId.parse("bob");
const compiled = compile(triggered, { kinds: catalog, manifests: sampleManifests });
if (!compiled.ok) throw new Error("the flow does not compile");
const { hash } = compiled.value;

async function ask(more: Partial<TurnOn> = {}) {
  const flow = await rig.draw(`f-${Math.random()}`);
  const node = NodeId.parse("tick");
  const on = {
    owner: eve,
    flow,
    node,
    plan: hash,
    mostPerDay: trial(BOUND),
    input: { text: "A." },
    missed: "skip",
  } as const;
  return turnOnTrigger(rig.services, { ...on, ...more });
}

test("a schedule is turned on for the version that is saved, with the next of its times", async () => {
  const on = await ask();
  if (!on.ok) throw new Error(on.error.code);
  const { rows } = await rig.pool.query("select * from flow_trigger where id = $1", [on.value.trigger]);
  const { next_at, ...row } = rows[0];
  expect(row).toMatchObject({ plan: hash, flow_version: 1, bound: "400000", most_per_day: "400000", missed: "skip" });
  const nowMs = rig.services.clock.now();
  expect([next_at.getTime(), next_at.getTime() + 60_000]).toContain(
    timesAfter({ cron: "* * * * *", zone: "Europe/Vienna" }, nowMs, 1)[0],
  );
  expect(on.value.secret).toBeNull();
});

test.each([
  ["a cap below one run", { mostPerDay: trial(BOUND - 1n) }, "cap_too_low"],
  ["another plan", { plan: Digest.parse("0".repeat(64)) }, "plan_changed"],
  ["a node that starts nothing", { node: NodeId.parse("sum") }, "trigger_not_found"],
  ["a node that is not there", { node: NodeId.parse("nobody") }, "trigger_not_found"],
  ["a form that is not filled in", { input: {} }, "input_invalid"],
  ["a form that is filled in wrongly", { input: { text: 5 } }, "input_invalid"],
  ["what a trigger brings, said beforehand", { input: { text: "A.", tick: "2026-01-01T00:00:00Z" } }, "input_invalid"],
  ["what another trigger brings", { input: { text: "A.", hook: { order: "o" } } }, "input_invalid"],
  ["somebody else's flow", { owner: bob }, "flow_not_found"],
] as const)("%s is refused, and nothing is on", async (_, more, code) => {
  const before = (await rig.pool.query("select 1 from flow_trigger")).rowCount;
  expect(await ask(more)).toMatchObject({ ok: false, error: { code } });
  expect((await rig.pool.query("select 1 from flow_trigger")).rowCount).toBe(before);
});

test("trial credits that may not pay an outside publisher turn nothing on", async () => {
  const outside = [...sampleManifests.values()].map((each) => [each.agent, { ...each, publisher: "outside" }] as const);
  const { registry } = rig.services;
  rig.services.registry = { ...registry, active: async () => new Map(outside as never) };
  const theirs = compile(triggered, { kinds: catalog, manifests: new Map(outside as never) });
  if (!theirs.ok) throw new Error("the flow does not compile");
  expect(await ask({ plan: theirs.value.hash })).toMatchObject({ ok: false, error: { code: "rail_unusable" } });
  const credits = money("microcredits", BOUND) as TurnOn["mostPerDay"];
  expect(await ask({ plan: theirs.value.hash, mostPerDay: credits })).toMatchObject({ ok: true });
  rig.services.registry = registry;
});

test("nobody else sees a trigger, turns it off, reads its starts or gives it another secret", async () => {
  const flow = await rig.draw("owned");
  const { trigger } = await rig.turnOn(flow, "hook");
  const { triggers } = rig.services;
  expect(await triggers.list(bob, flow)).toEqual([]);
  expect(await triggers.turnOff(bob, trigger)).toBe(false);
  await triggers.queue([{ trigger, key: "k", run: "r" as never, brings: {}, depth: 0 }], null);
  expect(await triggers.starts({ owner: bob, trigger, take: 5 })).toEqual([]);
  expect(await triggers.starts({ owner: eve, trigger, take: 5 })).toMatchObject([{ key: "k", state: "queued" }]);
  const rotated = await rotateTriggerSecret(rig.services, { owner: bob, trigger });
  expect(rotated).toEqual({ ok: false, error: { code: "trigger_not_found" } });
  expect(await triggers.turnOff(eve, trigger)).toBe(true);
  expect(await triggers.turnOff(eve, trigger)).toBe(false);
});
