import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { AccountId, AgentId, FlowId, OperationId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { money } from "@/flows/basics/money";
import { compile } from "@/flows/compile/compile";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import type { FlowDocument } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import type { AgentsPort } from "@/flows/ports/agents";
import { Price } from "@/flows/types/price";
import { PrismaClient } from "@/generated/prisma/client";
import { byProtocol } from "@/server/adapters/agents/by-protocol";
import { systemClock } from "@/server/adapters/clock/system";
import { ledgerWallet } from "@/server/adapters/credits/wallet";
import { ownersPolicies } from "@/server/adapters/policy/owners";
import { postgresPolicies } from "@/server/adapters/policy/postgres";
import { publishedFlows } from "@/server/adapters/published-flows/published-flows";
import { registryPlaces } from "@/server/adapters/registry/places";
import { postgresValues } from "@/server/adapters/values/postgres";
import { type Cluster, startCluster } from "@/server/drivers/postgres/fresh-database.contract";
import { eve, type Rig, rig } from "@/server/drivers/postgres/rig.contract";
import { flowsRepo } from "@/server/repos/flows-repo";
import { publishedRepo } from "@/server/repos/published-repo";
import { publishersRepo } from "@/server/repos/publishers-repo";
import { registryRepo } from "@/server/repos/registry-repo";
import { runsRepo } from "@/server/repos/runs-repo";
import type { Services } from "@/server/services";
import { type PublishFlow, publishFlow } from "@/server/use-cases/publish-flow";
import { runPublishedFlow } from "@/server/use-cases/run-published-flow";
import { startRun } from "@/server/use-cases/start-run";
import { APPROVAL, oneCall } from "./one-call.contract";

const SUMMARISER = "studio/summariser@1.0.0";
const studioAccount = AccountId.parse("studio");

let cluster: Cluster;
let studio: Rig;
let db: PrismaClient;
let services: Services;
let ada: AccountId;
let works: AgentsPort["call"];
const asked: string[] = [];

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  const { url, pool } = await cluster.database();
  studio = rig(pool);
  await studio.open();
  ada = await studio.person("ada");
  db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
  const wallet = ledgerWallet(pool);
  await wallet.open(studioAccount, "microcredits");
  for (const manifest of sampleManifests.values())
    await pool.query(
      `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state) values ($1, $2, $3, 'studio', 'house', 'house', 'active')`,
      [
        manifest.agent,
        JSON.parse(JSON.stringify(withoutDigest(manifest), (_, each) => (typeof each === "bigint" ? `${each}` : each))),
        manifest.digest,
      ],
    );
  services = {
    clock: systemClock(),
    flows: flowsRepo(db),
    policies: ownersPolicies(pool),
    published: publishedRepo(db),
    publishers: publishersRepo(db),
    registry: registryRepo(db, new Map()),
    runs: runsRepo(db),
    values: postgresValues(pool),
    wallet,
  } as unknown as Services;
  await proves(ada);
  asked.length = 0;
  works = async ({ operation }) => {
    asked.push(operation);
    return { ok: true, value: { output: { summary: "short" }, price: money("microcredits", 400_000n), detail: {} } };
  };
  await drive();
});
afterEach(async () => {
  await studio.close();
  await db.$disconnect();
});

const withoutDigest = ({
  digest: _,
  payee: __,
  publisher: ___,
  ...declared
}: {
  digest: unknown;
  payee: unknown;
  publisher: unknown;
}) => declared;

/** Has a name to publish under, that of the account, and has proved it. */
async function proves(owner: AccountId, name: string = owner) {
  await services.publishers.claim(owner, name, "token");
  await services.publishers.prove(name, { proof: "wallet", provedBy: "wallet" });
}

function drive() {
  const { ports } = studio.portsWith();
  const placeOf = registryPlaces(studio.pool);
  const http: AgentsPort = { call: (ask, hear) => works(ask, hear) };
  const flow = publishedFlows({
    placeOf,
    advance: (call) => runPublishedFlow(services, call),
    lookMs: 20,
    patienceMs: 2_000,
  });
  const agents = byProtocol({ placeOf, http, others: { flow } });
  const policy = postgresPolicies({ pool: studio.pool, clock: ports.clock });
  return studio.drive({ ...ports, agents, policy });
}

async function draw(owner: AccountId, id: string, document: FlowDocument) {
  const flow = FlowId.parse(id);
  await services.flows.create(owner, { id: flow, name: id, document });
  return { flow, plan: await hashOf(document) };
}

async function hashOf(document: FlowDocument) {
  const compiled = compile(document, { kinds: catalog, manifests: await services.registry.active(document) });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value.hash;
}

const credits = (amount: bigint): Price =>
  Price.parse({ kind: "per_call", price: { currency: "microcredits", amount } });
const offer = (drawn: Pick<PublishFlow, "flow" | "plan">, more: Partial<PublishFlow> = {}): PublishFlow => ({
  ...{
    owner: ada,
    ...drawn,
    agent: AgentId.parse("ada/short@1.0.0"),
    title: "Short",
    description: "Makes a text short.",
  },
  ...{ price: credits(1_000_000n), covers: false, ...more },
});

async function balance(owner: AccountId): Promise<bigint> {
  const balances = await services.wallet.balances(owner);
  return balances.find(({ free }) => free.currency === "microcredits")?.free.amount ?? 0n;
}

async function runOf(owner: AccountId, document: FlowDocument, input: Record<string, Json> = { text: "A long text." }) {
  const id = randomUUID();
  const { flow, plan } = await draw(owner, id, document);
  const run = RunId.parse(id);
  const started = await startRun(services, { owner, flow, run, plan, currency: "microcredits", input });
  if (!started.ok)
    throw new Error(JSON.stringify(started.error, (_, each) => (typeof each === "bigint" ? `${each}` : each)));
  return { run, row: await studio.finished(run) };
}

test("a published flow earns from another account: its price comes in, what it calls is paid out of it, the difference stays", async () => {
  const before = { ada: await balance(ada), eve: await balance(eve), studio: await balance(studioAccount) };
  const drawn = await draw(ada, "short", oneCall("short", SUMMARISER));
  const published = await publishFlow(services, offer(drawn));
  expect(published).toMatchObject({
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
  await publishFlow(services, offer(drawn));
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

  works = async () => ({ ok: false, error: { code: "agent_refused", reason: "no" } });
  const { row } = await runOf(eve, oneCall("calls", "ada/short@1.0.0"));
  expect(row).toMatchObject({ status: "failed", spent: "0" });
  expect(await balance(eve)).toBe(before.eve);
  expect(await balance(ada)).toBeLessThanOrEqual(before.ada);
}, 60_000);

test("a publisher who cannot pay for the run, or whose rules deny it, is not called, and nobody pays", async () => {
  const poor = AccountId.parse("poor");
  await studio.pool.query(`insert into "user" (id, name) values ('poor', 'Poor')`);
  await proves(poor);
  const drawn = await draw(poor, "short", oneCall("short", SUMMARISER));
  const agent = AgentId.parse("poor/short@1.0.0");
  expect(await publishFlow(services, offer(drawn, { owner: poor, agent }))).toMatchObject({ ok: true });
  const before = await balance(eve);
  expect((await runOf(eve, oneCall("calls", agent))).row).toMatchObject({ status: "failed", spent: "0" });
  const short = await draw(ada, "hers", oneCall("short", SUMMARISER));
  await publishFlow(services, offer(short));
  const rules = [{ id: "nothing", rule: "max_amount", per: "step", most: { currency: "microcredits", amount: 0n } }];
  await services.policies.put(ada, { version: 1, rules } as never);
  expect((await runOf(eve, oneCall("calls", "ada/short@1.0.0"))).row).toMatchObject({ status: "failed", spent: "0" });
  expect([asked, await balance(eve)]).toEqual([[], before]);
}, 60_000);

test("what cannot be offered is refused: a price below the worst case, a circle, a name of somebody else's, people inside", async () => {
  const drawn = await draw(ada, "short", oneCall("short", SUMMARISER));
  const publish = (more: Partial<PublishFlow>, of = drawn) => publishFlow(services, offer(of, more));
  expect(await publish({ price: credits(399_999n) })).toMatchObject({
    error: { code: "price_below_bound", bound: { amount: 400_000n }, price: { amount: 399_999n } },
  });
  expect(
    await publish({ price: { kind: "metered", unit: "page", price: money("microcredits", 1n), maxPerCall: 9 } }),
  ).toMatchObject({
    error: { code: "price_unusable" },
  });
  expect(
    await publish({ plan: await hashOf(oneCall("x", "studio/summariser@1.0.0")), flow: FlowId.parse("gone") }),
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

test("flows within flows are paid each by the one above, and each publisher keeps the difference", async () => {
  const bob = await studio.person("bob");
  await proves(bob);
  const before = { ada: await balance(ada), bob: await balance(bob), eve: await balance(eve) };
  await publishFlow(services, offer(await draw(ada, "short", oneCall("short", SUMMARISER))));
  const long = offer(await draw(bob, "long", oneCall("long", "ada/short@1.0.0")), {
    ...{ owner: bob, agent: AgentId.parse("bob/long@1.0.0"), price: credits(3_000_000n) },
  });
  expect(await publishFlow(services, long)).toMatchObject({ ok: true });
  expect((await runOf(eve, oneCall("calls", "bob/long@1.0.0"))).row).toMatchObject({
    status: "succeeded",
    spent: "3000000",
  });
  expect(await balance(eve)).toBe(before.eve - 3_000_000n);
  expect(await balance(bob)).toBe(before.bob + 2_000_000n);
  expect(await balance(ada)).toBe(before.ada + 600_000n);
  expect(asked[0]).toMatch(/^nested2-/);
}, 60_000);
