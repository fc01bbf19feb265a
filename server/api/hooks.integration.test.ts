import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { BOUND, eve, openRig, type Rig, trial } from "@/server/use-cases/trigger-rig.contract";
import type { Services } from "../services";
import { editFlow } from "../use-cases/edit-flow";
import { publishEvent } from "../use-cases/publish-event";
import { rotateTriggerSecret } from "../use-cases/rotate-trigger-secret";
import { answerHook } from "./hooks";

let cluster: Cluster;
let rig: Rig;
let drawn = 0;
beforeAll(async () => {
  cluster = await startCluster();
  rig = await openRig(cluster);
});
afterAll(async () => {
  await rig.close();
  await cluster.stop();
});

async function openHook(more: Parameters<Rig["turnOn"]>[2] = {}) {
  const flow = await rig.draw(`hooked-${drawn++}`);
  const { trigger, secret } = await rig.turnOn(flow, "hook", more);
  if (!secret) throw new Error("no secret was told");
  return { flow, trigger, secret };
}

type Post = { trigger: string; secret: string; key?: string; body?: string; atMs?: number; headers?: object };

/** What a sender does: signs the time, the key and the body, and posts. */
function requestOf({ secret, key = "k-1", body = '{"order":"o-1"}', atMs = Date.now(), headers = {} }: Post): Request {
  const t = Math.floor(atMs / 1_000);
  const mark = createHmac("sha256", secret).update(`${t}.${key}.${body}`).digest("hex");
  const signed = { "idempotency-key": key, "x-studio-signature": `t=${t},v1=${mark}` };
  const all = { "content-type": "application/json", ...signed, ...headers };
  return new Request("http://studio/hooks/x", { method: "POST", headers: all, body });
}

async function post(post: Post): Promise<{ status: number; run?: string; code?: string }> {
  const response = await answerHook(rig.services as unknown as Services, requestOf(post), post.trigger);
  return { status: response.status, ...((await response.json()) as object) };
}

const runs = async (flow: string) =>
  (await rig.pool.query("select id, started_by, plan_hash from run where flow_id = $1", [flow])).rows;
const recorded = async (trigger: string) =>
  (await rig.pool.query("select key, state, cause from trigger_start where trigger_id = $1 order by at", [trigger]))
    .rows;

test("a signed post starts one run, says which, and says so again when it is made again", async () => {
  const { flow, ...hook } = await openHook();
  const first = await post(hook);
  expect(first).toMatchObject({ status: 202 });
  expect(await post(hook)).toEqual(first);
  expect(await post({ ...hook, atMs: Date.now() - 60_000 })).toEqual(first);
  expect(await runs(flow)).toMatchObject([{ id: first.run, started_by: "webhook" }]);
  const input = await rig.pool.query(
    `select body from value where digest = (select event::json->>'input' from run_inbox where run_id = $1)`,
    [first.run],
  );
  expect(JSON.parse(input.rows[0].body)).toEqual({ text: "A text.", hook: { order: "o-1" } });
});

test("the same key with another body is refused, and starts nothing", async () => {
  const { flow, ...hook } = await openHook();
  await post(hook);
  expect(await post({ ...hook, body: '{"order":"o-2"}' })).toEqual({ status: 409, code: "start_key_reused" });
  expect(await post({ ...hook, body: '{ "order": "o-1" }' })).toMatchObject({ status: 202 }); // the same, spaced otherwise
  expect(await runs(flow)).toHaveLength(1);
});

test("fifty posts of one delivery at once are one run", async () => {
  const { flow, ...hook } = await openHook();
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(hook)));
  expect(new Set(answers.map(({ status, run }) => `${status} ${run}`)).size).toBe(1);
  expect(await runs(flow)).toHaveLength(1);
});

test("whatever is forged, late or unknown is answered alike, and nothing is written down", async () => {
  const { flow, ...hook } = await openHook();
  const other = await openHook();
  const eventTrigger = await rig.turnOn(flow, "paid");
  const mark = "0".repeat(64);
  const forged: Post[] = [
    { ...hook, secret: other.secret },
    { ...hook, trigger: "6f1c0f3e-0000-4000-8000-000000000000" },
    { ...hook, trigger: "" },
    { ...hook, trigger: "x".repeat(5_000) },
    { ...hook, trigger: eventTrigger.trigger },
    { ...hook, secret: "whs_nobody" },
    { ...hook, secret: "whs_nobody", trigger: "nothing" },
    { ...hook, atMs: Date.now() - 301_000 },
    { ...hook, atMs: Date.now() + 301_000 },
    { ...hook, headers: { "idempotency-key": "k-2" } },
    { ...hook, headers: { "x-studio-signature": "" } },
    { ...hook, headers: { "x-studio-signature": `t=${Math.floor(Date.now() / 1_000)},v1=${mark}` } },
  ];
  for (const each of forged) expect(await post(each)).toEqual({ status: 401, code: "hook_refused" });
  const genuine = requestOf({ ...hook });
  const changed = new Request(genuine.url, { method: "POST", headers: genuine.headers, body: '{"order":"o-9"}' });
  expect((await answerHook(rig.services as unknown as Services, changed, hook.trigger)).status).toBe(401);
  expect([await runs(flow), await recorded(hook.trigger)]).toEqual([[], []]);
});

test("what is no JSON, too large or without a key is refused before anything is looked up", async () => {
  const { flow, ...hook } = await openHook();
  const refusal = async (more: Partial<Post>) => (await post({ ...hook, ...more })).code;
  expect(await refusal({ headers: { "content-type": "text/plain" } })).toBe("body_type_unknown");
  for (const key of ["", "a.b", "x".repeat(81)]) expect(await refusal({ key })).toBe("delivery_key_missing");
  expect(await refusal({ body: `{"order":"${"x".repeat(1_048_576)}"}` })).toBe("body_too_large");
  const lies = requestOf({ ...hook, body: `{"order":"${"x".repeat(1_048_576)}"}`, headers: { "content-length": "5" } });
  expect((await answerHook(rig.services as unknown as Services, lies, hook.trigger)).status).toBe(413);
  expect(await refusal({ body: `{"order":"${"x".repeat(1_040_000)}"}`, key: "large" })).toBeUndefined();
  expect(await runs(flow)).toHaveLength(1);
});

test("a body that does not fit starts nothing and is written down, and so is one that is no plain JSON", async () => {
  const { flow, ...hook } = await openHook();
  const wrong = ['{"order":5}', "{}", '{"order":"o","text":"mine"}', "[]", "null", '"order"'];
  const malformed = ["{", '{"__proto__":{"order":"o"}}', "[".repeat(5_000) + "]".repeat(5_000), ""];
  for (const [place, body] of [...wrong, ...malformed].entries()) {
    const code = place < wrong.length ? "input_invalid" : "body_malformed";
    const again = { ...hook, key: `wrong-${place}`, body };
    expect(await post(again)).toEqual({ status: 422, code });
    expect(await post(again)).toEqual({ status: 422, code });
  }
  expect(await runs(flow)).toEqual([]);
  expect((await recorded(hook.trigger)).map(({ state }) => state)).toEqual(Array(10).fill("refused"));
});

test("the cap of a day holds against posts that come at once", async () => {
  const { flow, ...hook } = await openHook({ mostPerDay: trial(2n * BOUND) });
  const keys = Array.from({ length: 20 }, (_, place) => `k-${place}`);
  const answers = await Promise.all(keys.map((key) => post({ ...hook, key })));
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(2);
  expect(answers.filter(({ status, code }) => status === 429 && code === "cap_reached")).toHaveLength(18);
  expect(await runs(flow)).toHaveLength(2);
});

test("sixty posts a minute are taken and no more, and those that are made again do not count", async () => {
  const hook = await openHook({ mostPerDay: trial(BOUND) });
  for (let place = 0; place < 60; place++) await post({ ...hook, key: `k-${place}` });
  expect(await post({ ...hook, key: "k-60" })).toEqual({ status: 429, code: "rate_exceeded" });
  expect(await post({ ...hook, key: "k-0" })).toMatchObject({ status: 202 });
  await rig.pool.query("update trigger_start set at = at - interval '1 minute' where trigger_id = $1", [hook.trigger]);
  expect(await post({ ...hook, key: "k-60" })).toMatchObject({ code: "cap_reached" });
});

test("a rotated secret and the one before both count for a day, then only the new one", async () => {
  const hook = await openHook();
  const told = await rotateTriggerSecret(rig.services, { owner: eve, trigger: hook.trigger });
  if (!told.ok) throw new Error(told.error.code);
  expect(told.value.secret).not.toBe(hook.secret);
  expect(await post({ ...hook, key: "old" })).toMatchObject({ status: 202 });
  expect(await post({ ...hook, key: "new", secret: told.value.secret })).toMatchObject({ status: 202 });
  await rig.pool.query("update flow_trigger set secret_before_until = now() - interval '1 second' where id = $1", [
    hook.trigger,
  ]);
  expect(await post({ ...hook, key: "late" })).toMatchObject({ status: 401 });
  const table = await rig.pool.query("select secret, secret_before from flow_trigger where id = $1", [hook.trigger]);
  expect(JSON.stringify(table.rows)).not.toContain(hook.secret);
  expect(JSON.stringify(table.rows)).not.toContain(told.value.secret);
});

test("what is drawn later changes nothing of what was turned on; turning on again takes its place and keeps the address", async () => {
  const { flow, ...hook } = await openHook();
  const saved = await rig.services.flows.find(eve, flow);
  if (!saved) throw new Error("no flow");
  const dearer = saved.document.nodes.map((node) =>
    node.id === "sum"
      ? { ...node, settings: { ...node.settings, cap: { currency: "microcredits", amount: "900000" } } }
      : node,
  );
  const document = { ...saved.document, nodes: dearer };
  const deed = { id: "dearer-0000", name: "Dearer", edits: [{ edit: "replace_document" as const, document }] };
  expect(await editFlow(rig.services, { owner: eve, flow, from: 1, deeds: [deed] })).toMatchObject({ ok: true });
  await post({ ...hook, key: "before" });
  const again = await rig.turnOn(flow, "hook");
  expect(again).toEqual({ trigger: hook.trigger, secret: null });
  await post({ ...hook, key: "after" });
  const plans = (await runs(flow)).map(({ plan_hash }) => plan_hash);
  expect(new Set(plans).size).toBe(2);
  expect(await rig.services.triggers.list(eve, flow)).toMatchObject([{ bound: trial(900_000n), isOn: true }]);

  await rig.services.triggers.turnOff(eve, hook.trigger);
  expect(await post({ ...hook, key: "off" })).toMatchObject({ status: 401 });
  const anew = await rig.turnOn(flow, "hook");
  expect(anew.trigger).toBe(hook.trigger);
  expect(await post({ ...hook, key: "old" })).toMatchObject({ status: 401 });
  expect(await post({ ...hook, key: "anew", secret: anew.secret ?? "" })).toMatchObject({ status: 202 });
});

test("a start is judged by the rules that are in force then, and a price that changed since starts nothing", async () => {
  const { flow, ...hook } = await openHook();
  const rules = [{ id: "small", rule: "max_amount", per: "step", most: { currency: "microcredits", amount: 5n } }];
  await rig.services.policies.put(eve, { version: 1, rules } as never);
  expect(await post(hook)).toEqual({ status: 403, code: "policy_denied" });
  await rig.services.policies.put(eve, null);
  const { registry } = rig.services;
  const dearer = [...(await registry.active()).values()].map((each) => [
    each.agent,
    { ...each, price: { kind: "per_call", price: { currency: "microcredits", amount: 1n } } },
  ]);
  rig.services.registry = { ...registry, active: async () => new Map(dearer as never) };
  expect(await post({ ...hook, key: "later" })).toEqual({ status: 409, code: "plan_changed" });
  rig.services.registry = registry;
  expect(await runs(flow)).toEqual([]);
  expect((await recorded(hook.trigger)).map(({ cause }) => JSON.parse(cause).code)).toEqual([
    "policy_denied",
    "plan_changed",
  ]);
});

test("an event starts each trigger that its owner turned on for it, once per id", async () => {
  await rig.pool.query("update flow_trigger set off_at = now() where kind = 'event'");
  const flows = [await rig.draw("events-1"), await rig.draw("events-2")];
  for (const flow of flows) await rig.turnOn(flow, "paid");
  const event = { owner: eve, event: "order.paid", id: "e-1", data: { order: "o-1" } };
  const told = await publishEvent(rig.services, event);
  expect(told).toMatchObject({ ok: true, value: [{ cause: null }, { cause: null }] });
  expect(await publishEvent(rig.services, event)).toEqual(told);
  expect(await publishEvent(rig.services, { ...event, data: { order: "o-2" } })).toEqual({
    ok: false,
    error: { code: "start_key_reused", key: "e-1" },
  });
  const misfit = await publishEvent(rig.services, { ...event, id: "e-2", data: {} });
  expect(misfit).toMatchObject({ ok: true, value: [{ cause: { code: "input_invalid" } }, { cause: {} }] });
  for (const flow of flows) expect(await runs(flow)).toMatchObject([{ started_by: "event" }]);
  expect(await publishEvent(rig.services, { ...event, event: "run.failed" })).toMatchObject({ ok: false });
});
