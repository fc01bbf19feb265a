import { randomUUID } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { AccountId, FlowId, NodeId, OperationId } from "@/flows/basics/ids";
import { type Money, money } from "@/flows/basics/money";
import { compile } from "@/flows/compile/compile";
import { sample } from "@/flows/examples/sample";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { catalog } from "@/flows/nodes/catalog";
import { PrismaClient } from "@/generated/prisma/client";
import { systemClock } from "../adapters/clock/system";
import { ledgerWallet } from "../adapters/credits/wallet";
import { ownersPolicies } from "../adapters/policy/owners";
import { triggerSecrets } from "../adapters/trigger-secrets/sealed";
import { postgresTriggers } from "../adapters/triggers/postgres";
import { postgresValues } from "../adapters/values/postgres";
import type { Cluster } from "../drivers/postgres/fresh-database.contract";
import { deedsRepo } from "../repos/deeds-repo";
import { flowsRepo } from "../repos/flows-repo";
import { runsRepo } from "../repos/runs-repo";
import { type TurnedOnTrigger, type TurnOn, turnOnTrigger } from "./turn-on-trigger";

/** A summary of a fixed text, 0.40 credits at most, that each kind of trigger can start. */
const schema = {
  type: "object",
  properties: { order: { type: "string" } },
  required: ["order"],
  additionalProperties: false,
} as const;
const form = { type: "object", properties: { text: { type: "string" } }, required: ["text"] } as const;
export const triggered = sample(
  { id: "triggered", name: "Triggered", about: "Started by itself." },
  {
    nodes: [
      { id: "hook", kind: "webhook", title: "Hook", settings: { schema }, at: [0, 0] },
      { id: "paid", kind: "event", title: "Paid", settings: { event: "order.paid", schema }, at: [0, 100] },
      {
        id: "tick",
        kind: "schedule",
        title: "Tick",
        settings: { cron: "* * * * *", zone: "Europe/Vienna" },
        at: [0, 200],
      },
      { id: "form", kind: "input", title: "Form", settings: { schema: form }, at: [0, 300] },
      { id: "sum", kind: "agent", title: "Summarise", settings: { agent: "studio/summariser@1.0.0" }, at: [300, 0] },
      { id: "out", kind: "output", title: "Out", settings: { name: "summary" }, at: [600, 0] },
    ],
    wires: ["form.text > sum.text", "sum.summary > out.value"],
  },
).document;

export const eve = AccountId.parse("eve");
export const trial = (amount: bigint) => money("trial_microcredits", amount) as TurnOn["mostPerDay"];
/** What one run of the flow may cost. */
export const BOUND = 400_000n;

/** A studio with one payer, who has 100 credits, and whatever flows a test draws; on a database of its own. */
export async function openRig(cluster: Cluster) {
  const { url } = await cluster.database();
  const pool = new Pool({ connectionString: url, max: 12 });
  pool.on("error", () => undefined);
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 6 }) });
  const keyFile = join(mkdtempSync(join(tmpdir(), "studio-key-")), "trigger.key");
  writeFileSync(keyFile, "ab".repeat(32), { mode: 0o600 });
  const services = {
    clock: systemClock(),
    deeds: deedsRepo(db),
    flows: flowsRepo(db),
    ids: { fresh: () => randomUUID() as string },
    policies: ownersPolicies(pool),
    registry: { active: async () => sampleManifests, models: new Map() },
    runs: runsRepo(db, { freshAbove: null }),
    triggers: postgresTriggers(pool),
    triggerSecrets: triggerSecrets(keyFile),
    values: postgresValues(pool),
    wallet: ledgerWallet(pool),
  };
  await pool.query(`insert into "user" (id, name) values ('eve', 'Eve')`);
  await services.wallet.open(eve, "trial_microcredits");
  const amount: Money = trial(100_000_000n);
  await services.wallet.grant({ operation: OperationId.parse("gift"), owner: eve, amount });
  return {
    pool,
    services,
    async draw(id: string, document = triggered): Promise<FlowId> {
      const flow = FlowId.parse(id);
      await services.flows.create(eve, { id: flow, name: "Triggered", document });
      return flow;
    },
    /** Turns a trigger on for the plan that the flow has now. */
    async turnOn(flow: FlowId, node: string, more: Partial<TurnOn> = {}): Promise<TurnedOnTrigger> {
      const saved = await services.flows.find(eve, flow);
      const compiled = compile(saved?.document ?? triggered, { kinds: catalog, manifests: sampleManifests });
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
      const plan = compiled.value.hash;
      const ask = { owner: eve, flow, node: NodeId.parse(node), plan, mostPerDay: trial(100_000_000n) };
      const on = await turnOnTrigger(services, { ...ask, input: { text: "A text." }, missed: "all", ...more });
      if (!on.ok) throw new Error(JSON.stringify(on.error, (_, each) => (typeof each === "bigint" ? `${each}` : each)));
      return on.value;
    },
    async close() {
      await db.$disconnect();
      await pool.end();
    },
  };
}

export type Rig = Awaited<ReturnType<typeof openRig>>;
