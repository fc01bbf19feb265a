import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { AccountId, AgentId, FlowId, OperationId, RunId } from "@/flows/basics/ids";
import { money } from "@/flows/basics/money";
import type { FlowDocument } from "@/flows/graph/graph";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { eve, type Rig } from "@/server/drivers/postgres/rig.contract";
import type { Services } from "@/server/services";
import { type MoveListing, moveListing } from "@/server/use-cases/move-listing";
import { type PublishFlow, publishFlow } from "@/server/use-cases/publish-flow";
import { runPublishedFlow } from "@/server/use-cases/run-published-flow";
import { stopRun } from "@/server/use-cases/stop-run";
import { APPROVAL, oneCall } from "./one-call.contract";
import { type PublishedRig, perCall, publishedRig, studioAccount } from "./published-rig.contract";

const SUMMARISER = "studio/summariser@1.0.0";

let cluster: Cluster;
let published: PublishedRig;
let [studio, services, ada, asked] = [] as unknown as [Rig, Services, AccountId, string[]];

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  published = await publishedRig(cluster);
  ({ studio, services, ada, asked } = published);
});
afterEach(() => published.close());

const draw: PublishedRig["draw"] = (...given) => published.draw(...given);
const offer: PublishedRig["offer"] = (...given) => published.offer(...given);
const balance: PublishedRig["balance"] = (owner) => published.balance(owner);
/** The same drawing, whose result goes by another name. */
const renamed = (document: FlowDocument): FlowDocument => ({
  ...document,
  nodes: document.nodes.map((node) => (node.kind === "output" ? { ...node, settings: { name: "abstract" } } : node)),
});
const runOf: PublishedRig["runOf"] = (...given) => published.runOf(...given);

test("a published flow earns from another account: its price comes in, what it calls is paid out of it, the difference stays", async () => {
  const before = { ada: await balance(ada), eve: await balance(eve), studio: await balance(studioAccount) };
  const drawn = await draw(ada, "short", oneCall("short", SUMMARISER));
  expect(await published.publish(offer(drawn))).toMatchObject({
    ok: true,
    value: {
      ...{ agent: "ada/short@1.0.0", input: { required: ["text"] } },
      output: { properties: { summary: { type: "string" } }, required: ["summary"] },
      protocol: { kind: "flow", flow: "short", version: 1, plan: drawn.plan },
    },
  });

  const { run, row } = await runOf(eve, oneCall("calls", "ada/short@1.0.0"));
  expect(row).toMatchObject({ status: "succeeded", spent: "1000000" });
  expect(await balance(eve)).toBe(before.eve - 1_000_000n);
  expect(await balance(ada)).toBe(before.ada + 1_000_000n - 400_000n);
  expect(await balance(studioAccount)).toBe(before.studio + 400_000n);

  const [delivered] = (await studio.events(run)).flatMap((event) => (event.type === "call_delivered" ? [event] : []));
  const nested = RunId.parse(delivered?.detail.run);
  expect(nested).toMatch(/^nested1-/);
  expect(await services.runs.find(ada, nested)).toMatchObject({
    startedBy: "agent",
    flow: "short",
    spent: { amount: 400_000n },
  });
  expect(await services.runs.find(eve, nested)).toBeNull();
  for (const each of [run, nested])
    expect((await studio.audit(each)).state?.ending).toMatchObject({ result: "succeeded" });
}, 60_000);

test("a flow whose work fails inside costs its caller nothing, and is run once however often it is asked", async () => {
  const before = { ada: await balance(ada), eve: await balance(eve) };
  const drawn = await draw(ada, "short", oneCall("short", SUMMARISER));
  await published.publish(offer(drawn));
  const protocol = { kind: "flow", flow: "short", version: 1, plan: drawn.plan } as const;
  const call = {
    operation: OperationId.parse("r/a/call"),
    payee: ada,
    protocol,
    input: { text: "a" },
    deadlineMs: 60_000,
  };
  const [first, second] = await Promise.all([runPublishedFlow(services, call), runPublishedFlow(services, call)]);
  expect(first).toEqual(second);
  const reused = () => runPublishedFlow(services, { ...call, input: { text: "b" } });
  await expect.poll(reused, { timeout: 10_000 }).toMatchObject({ error: { code: "operation_reused" } });
  await expect
    .poll(async () => (await runPublishedFlow(services, call)).ok && asked.length, { timeout: 10_000 })
    .toBe(1);

  published.world.works = async () => ({ ok: false, error: { code: "agent_refused", reason: "no" } });
  const { row } = await runOf(eve, oneCall("calls", "ada/short@1.0.0"));
  expect(row).toMatchObject({ status: "failed", spent: "0" });
  expect(await balance(eve)).toBe(before.eve);
  expect(await balance(ada)).toBeLessThanOrEqual(before.ada);
}, 60_000);

test("whoever stops a run while a flow works for it pays for what that delivers: its publisher has paid for the work", async () => {
  const before = { ada: await balance(ada), eve: await balance(eve) };
  const drawn = await draw(ada, "short", oneCall("short", SUMMARISER));
  await published.publish(offer(drawn));
  const { works } = published.world;
  let letGo: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  published.world.works = (ask) => released.then(() => works(ask));
  const run = await published.startOf(eve, oneCall("calls", "ada/short@1.0.0"));
  const isAtWork = async () =>
    (await studio.events(run)).some((event) => event.type === "outcome_lost" && event.atWork === true);
  await expect.poll(isAtWork, { timeout: 20_000 }).toBe(true);
  expect(await stopRun(services, { owner: eve, run })).toMatchObject({ ok: true });
  const isTold = async () => (await studio.events(run)).some(({ type }) => type === "cancel_asked");
  await expect.poll(isTold, { timeout: 20_000 }).toBe(true);
  letGo();
  expect(await studio.finished(run)).toMatchObject({ status: "cancelled", spent: "1000000" });
  expect(await balance(eve)).toBe(before.eve - 1_000_000n);
  expect(await balance(ada)).toBe(before.ada + 600_000n);
}, 60_000);

test("a publisher who cannot pay for the run, or whose rules deny it, is not called, and nobody pays", async () => {
  const poor = AccountId.parse("poor");
  await studio.pool.query(`insert into "user" (id, name) values ('poor', 'Poor')`);
  await published.proves(poor);
  const drawn = await draw(poor, "short", oneCall("short", SUMMARISER));
  const agent = AgentId.parse("poor/short@1.0.0");
  expect(await published.publish(offer(drawn, { owner: poor, agent }))).toMatchObject({ ok: true });
  const before = await balance(eve);
  expect((await runOf(eve, oneCall("calls", agent))).row).toMatchObject({ status: "failed", spent: "0" });
  const short = await draw(ada, "hers", oneCall("short", SUMMARISER));
  await published.publish(offer(short));
  const rules = [{ id: "nothing", rule: "max_amount", per: "step", most: { currency: "microcredits", amount: 0n } }];
  await services.policies.put(ada, { version: 1, rules } as never);
  expect((await runOf(eve, oneCall("calls", "ada/short@1.0.0"))).row).toMatchObject({ status: "failed", spent: "0" });
  expect([asked, await balance(eve)]).toEqual([[], before]);
}, 60_000);

test("what cannot be offered is refused: a price below the worst case, a circle, a name of somebody else's, people inside", async () => {
  const drawn = await draw(ada, "short", oneCall("short", SUMMARISER));
  const publish = (more: Partial<PublishFlow>, of = drawn) => published.publish(offer(of, more));
  expect(await publish({ price: perCall(399_999n) })).toMatchObject({
    error: { code: "price_below_bound", bound: { amount: 400_000n }, price: { amount: 399_999n } },
  });
  expect(
    await publish({ price: { kind: "metered", unit: "page", price: money("microcredits", 1n), maxPerCall: 9 } }),
  ).toMatchObject({
    error: { code: "price_unusable" },
  });
  expect(
    await publish({
      plan: await published.hashOf(oneCall("x", "studio/summariser@1.0.0")),
      flow: FlowId.parse("gone"),
    }),
  ).toMatchObject({
    error: { code: "flow_not_found" },
  });
  expect(await publish({ price: { kind: "free" }, covers: true })).toMatchObject({ ok: true });
  expect(await publish({})).toMatchObject({ error: { code: "agent_name_taken" } });
  const evesOwn = await draw(eve, "eves", oneCall("eves", SUMMARISER));
  expect(await publish({ owner: eve, agent: AgentId.parse("ada/mine@1.0.0") }, evesOwn)).toMatchObject({
    error: { code: "publisher_unproved" },
  });
  expect(await publish({ agent: AgentId.parse("studio/mine@1.0.0") })).toMatchObject({
    error: { code: "publisher_unproved" },
  });

  // ada/long calls ada/short; a new version of ada/short that calls ada/long would call itself.
  const long = await draw(ada, "long", oneCall("long", "ada/short@1.0.0"));
  expect(await publish({ agent: AgentId.parse("ada/long@1.0.0") }, long)).toMatchObject({ ok: true });
  const circle = await draw(ada, "circle", oneCall("circle", "ada/long@1.0.0"));
  expect(await publish({ agent: AgentId.parse("ada/short@2.0.0") }, circle)).toMatchObject({
    error: { code: "flow_calls_itself" },
  });
  const asking = await draw(ada, "asking", oneCall("asking", SUMMARISER, APPROVAL));
  expect(await publish({ agent: AgentId.parse("ada/asking@1.0.0") }, asking)).toMatchObject({
    error: { code: "flow_asks_people" },
  });
}, 60_000);

test("a flow is listed as any agent is: somebody else approves it, its publisher takes it back, and no version breaks callers", async () => {
  const drawn = await draw(ada, "short", oneCall("short", SUMMARISER));
  const handed = await publishFlow(services, offer(drawn));
  if (!handed.ok) throw new Error(handed.error.code);
  const agent = AgentId.parse("ada/short@1.0.0");
  const state = async () => (await services.versions.find(agent))?.state;
  const isOffered = async () => (await services.registry.active(agent)).has(agent);
  expect([await state(), await isOffered()]).toEqual(["pending_review", false]);
  await studio.pool.query(
    "insert into account_role (account_id, role) values ('ada', 'reviewer'), ('eve', 'reviewer')",
  );
  const { digest } = (await services.versions.find(agent))?.manifest ?? {};
  const deed = (ask: object) =>
    moveListing(services, {
      account: ada,
      as: "reviewer",
      agent,
      digest,
      conformance: null,
      reason: null,
      ...ask,
    } as MoveListing);
  expect(await deed({ deed: "approve" })).toMatchObject({ error: { code: "self_review" } });
  expect(await deed({ deed: "approve", account: eve })).toMatchObject({ ok: true });
  expect(await deed({ deed: "list", as: "publisher" })).toMatchObject({ ok: true });
  expect(await isOffered()).toBe(true);

  const next = (version: string, more: object = {}) =>
    publishFlow(services, offer(drawn, { agent: AgentId.parse(`ada/short@${version}`), ...more }));
  expect(await next("0.9.0")).toMatchObject({ error: { code: "version_not_newer" } });
  const other = await draw(ada, "other", renamed(oneCall("other", SUMMARISER)));
  expect(await next("1.1.0", other)).toMatchObject({ error: { code: "version_breaking" } });
  expect(await next("2.0.0", other)).toMatchObject({ ok: true });

  expect(await deed({ deed: "suspend", as: "publisher" })).toMatchObject({ ok: true });
  expect(await isOffered()).toBe(false);
  expect(await deed({ deed: "reinstate" })).toMatchObject({ error: { code: "self_review" } });
}, 60_000);

test("flows within flows are paid each by the one above, and each publisher keeps the difference", async () => {
  const bob = await studio.person("bob");
  await published.proves(bob);
  const before = { ada: await balance(ada), bob: await balance(bob), eve: await balance(eve) };
  await published.publish(offer(await draw(ada, "short", oneCall("short", SUMMARISER))));
  const long = offer(await draw(bob, "long", oneCall("long", "ada/short@1.0.0")), {
    ...{ owner: bob, agent: AgentId.parse("bob/long@1.0.0"), price: perCall(3_000_000n) },
  });
  expect(await published.publish(long)).toMatchObject({ ok: true });
  expect((await runOf(eve, oneCall("calls", "bob/long@1.0.0"))).row).toMatchObject({
    status: "succeeded",
    spent: "3000000",
  });
  expect(await balance(eve)).toBe(before.eve - 3_000_000n);
  expect(await balance(bob)).toBe(before.bob + 2_000_000n);
  expect(await balance(ada)).toBe(before.ada + 600_000n);
  expect(asked[0]).toMatch(/^nested2-/);
}, 60_000);
