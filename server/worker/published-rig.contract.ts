import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { AccountId, AgentId, FlowId, RunId } from "@/flows/basics/ids";
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
import type { Cluster } from "@/server/drivers/postgres/fresh-database.contract";
import { rig } from "@/server/drivers/postgres/rig.contract";
import { flowsRepo } from "@/server/repos/flows-repo";
import { inboxRepo } from "@/server/repos/inbox-repo";
import { publishedRepo } from "@/server/repos/published-repo";
import { publishersRepo } from "@/server/repos/publishers-repo";
import { registryRepo } from "@/server/repos/registry-repo";
import { runsRepo } from "@/server/repos/runs-repo";
import { versionsRepo } from "@/server/repos/versions-repo";
import type { Services } from "@/server/services";
import { type PublishFlow, publishFlow } from "@/server/use-cases/publish-flow";
import { runPublishedFlow } from "@/server/use-cases/run-published-flow";
import { startRun } from "@/server/use-cases/start-run";

export const studioAccount = AccountId.parse("studio");
export type PublishedRig = Awaited<ReturnType<typeof publishedRig>>;

/** A studio with a worker, a real ledger and a registry, in which ada may publish. `works` answers for its one agent. */
export async function publishedRig(cluster: Cluster) {
  const { url, pool } = await cluster.database();
  const studio = rig(pool);
  await studio.open();
  const ada = await studio.person("ada");
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) });
  const wallet = ledgerWallet(pool);
  await wallet.open(studioAccount, "microcredits");
  for (const { payee: _, publisher: __, digest, ...declared } of sampleManifests.values())
    await pool.query(
      `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state) values ($1, $2, $3, 'studio', 'house', 'house', 'active')`,
      [declared.agent, JSON.parse(bigintsAsText(declared)), digest],
    );
  const services = {
    clock: systemClock(),
    flows: flowsRepo(db),
    inbox: inboxRepo(db),
    policies: ownersPolicies(pool),
    published: publishedRepo(db),
    publishers: publishersRepo(db),
    registry: registryRepo(db, new Map()),
    runs: runsRepo(db, { freshAbove: null }),
    values: postgresValues(pool),
    versions: versionsRepo(db),
    wallet,
  } as unknown as Services;
  const asked: string[] = [];
  const world: { works: AgentsPort["call"] } = {
    works: async ({ operation }) => {
      asked.push(operation);
      return { ok: true, value: { output: { summary: "short" }, price: money("microcredits", 400_000n), detail: {} } };
    },
  };

  const made = {
    ...{ studio, services, ada, asked, world },
    /** Has a name to publish under, that of the account, and has proved it. */
    async proves(owner: AccountId, name: string = owner) {
      await services.publishers.claim(owner, name, "token");
      await services.publishers.prove(name, { proof: "wallet", provedBy: "wallet" });
    },
    async hashOf(document: FlowDocument) {
      const compiled = compile(document, { kinds: catalog, manifests: await services.registry.active(document) });
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
      return compiled.value.hash;
    },
    async draw(owner: AccountId, id: string, document: FlowDocument) {
      const flow = FlowId.parse(id);
      await services.flows.create(owner, { id: flow, name: id, document });
      return { flow, plan: await made.hashOf(document) };
    },
    offer: (drawn: Pick<PublishFlow, "flow" | "plan">, more: Partial<PublishFlow> = {}): PublishFlow => ({
      ...{ owner: ada, ...drawn, agent: AgentId.parse("ada/short@1.0.0") },
      ...{ title: "Short", description: "Makes a text short.", price: perCall(1_000_000n), covers: false, ...more },
    }),
    /** Hands a flow in, and if it is taken has it reviewed and listed. */
    async publish(ask: PublishFlow) {
      const handed = await publishFlow(services, ask);
      if (handed.ok) await pool.query("update agent_version set state = 'active' where agent = $1", [ask.agent]);
      return handed;
    },
    async balance(owner: AccountId): Promise<bigint> {
      const balances = await wallet.balances(owner);
      return balances.find(({ free }) => free.currency === "microcredits")?.free.amount ?? 0n;
    },
    async startOf(owner: AccountId, document: FlowDocument, input: Record<string, Json> = { text: "A long text." }) {
      const id = randomUUID();
      const run = RunId.parse(id);
      const drawn = await made.draw(owner, id, document);
      const started = await startRun(services, { owner, ...drawn, run, currency: "microcredits", input });
      if (!started.ok) throw new Error(bigintsAsText(started.error));
      return run;
    },
    async runOf(owner: AccountId, document: FlowDocument, input?: Record<string, Json>) {
      const run = await made.startOf(owner, document, input);
      return { run, row: await studio.finished(run) };
    },
    async close() {
      await studio.close();
      await db.$disconnect();
    },
  };
  await made.proves(ada);

  const { ports } = studio.portsWith();
  const placeOf = registryPlaces(pool);
  const http: AgentsPort = { call: (ask, hear) => world.works(ask, hear) };
  const advance = (call: Parameters<typeof runPublishedFlow>[1]) => runPublishedFlow(services, call);
  const flow = publishedFlows({ placeOf, advance, lookMs: 20, patienceMs: 500 });
  const agents = byProtocol({ placeOf, http, others: { flow } });
  await studio.drive({ ...ports, agents, policy: postgresPolicies({ pool, clock: ports.clock }) });
  return made;
}

export const perCall = (amount: bigint): Price =>
  Price.parse({ kind: "per_call", price: { currency: "microcredits", amount } });

function bigintsAsText(value: unknown): string {
  return JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each));
}
