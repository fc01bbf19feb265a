import type { AccountId, AgentId, Digest, FlowId } from "@/flows/basics/ids";
import type { Money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import { compile } from "@/flows/compile/compile";
import type { CompileError } from "@/flows/compile/compile-error";
import { resultsOf } from "@/flows/compile/signature";
import { catalog } from "@/flows/nodes/catalog";
import { digestOf } from "@/flows/plan/digest";
import type { Plan } from "@/flows/plan/plan";
import { AgentManifest } from "@/flows/types/agent-manifest";
import { mostPerCall, type Price } from "@/flows/types/price";
import type { Services } from "../services";
import { callsItself } from "./calls-itself";
import { compatibility, type Misfit, nameOf } from "./publish-agent";
import { budgetOf } from "./queue-run";

export type PublishFlowError =
  | { code: "agent_name_taken"; agent: AgentId }
  | { code: "flow_asks_people" }
  | { code: "flow_calls_itself"; agent: AgentId }
  | { code: "flow_invalid"; errors: CompileError[] }
  | { code: "flow_not_found" }
  | { code: "plan_changed"; agreed: Digest; now: Digest; bound: readonly Money[] }
  | { code: "price_below_bound"; price: Money; bound: Money }
  | { code: "price_unusable"; problem: string }
  | { code: "publisher_unproved"; name: string }
  | Misfit
  | { code: "rail_unusable"; problem: string };

/**
 * `plan` is what the publisher was shown. `covers`: they pay what a call costs them beyond its price; without that a price
 * below the worst case is refused.
 */
export type PublishFlow = {
  owner: AccountId;
  flow: FlowId;
  plan: Digest;
  agent: AgentId;
  title: string;
  description: string;
  price: Price;
  covers: boolean;
};

type Needs = Pick<Services, "flows" | "published" | "publishers" | "registry" | "runs" | "versions" | "wallet">;

const LONGEST_MS = 600_000;
const MARGIN_MS = 30_000;

/**
 * Hands a flow in as an agent: the version as it is saved now, and the plan that it comes to now, for ever. It is reviewed
 * and listed as every agent is, and a new version of it may break what calls it as little. A call of it is a
 * run of its publisher's, paid by them out of their own credits and at most the bound of that plan; the caller pays the
 * price for what it delivers. So no caller ever pays for work inside it that came to nothing.
 */
export async function publishFlow(services: Needs, ask: PublishFlow): Promise<Result<AgentManifest, PublishFlowError>> {
  const { owner, agent, price } = ask;
  const name = agent.replace(/\/.*$/, "");
  const publisher = await services.publishers.find(name);
  if (publisher?.owner !== owner || publisher.proof === null) return err({ code: "publisher_unproved", name });
  const flow = await services.flows.find(owner, ask.flow);
  if (!flow) return err({ code: "flow_not_found" });
  const registry = {
    kinds: catalog,
    manifests: await services.registry.active(flow.document),
    models: services.registry.models,
  };
  const compiled = compile(flow.document, registry);
  if (!compiled.ok) return err({ code: "flow_invalid", errors: compiled.error });
  const { plan, hash } = compiled.value;
  if (hash !== ask.plan) return err({ code: "plan_changed", agreed: ask.plan, now: hash, bound: plan.bound });
  const fault = priceFault(plan, ask) ?? (plan.time.waitMs > 0 ? ({ code: "flow_asks_people" } as const) : null);
  if (fault) return err(fault);
  const circle = await callsItself(services, { agent, plan });
  if (circle) return err({ code: "flow_calls_itself", agent: circle });

  const version = await services.flows.freeze(ask.flow, digestOf(flow.document), flow.document);
  const manifest = AgentManifest.parse({
    ...{ agent, title: ask.title, description: ask.description, capabilities: ["flow"], effect: "keyed", price },
    deadlineMs: Math.min(LONGEST_MS, plan.time.workMs + MARGIN_MS),
    ...{ input: plan.input, output: resultsOf(flow.document, registry) },
    sends: plan.authority.agents.slice(0, 20).map((each) => `What it is given goes on to ${each}`.slice(0, 120)),
    protocol: { kind: "flow", flow: ask.flow, version, plan: hash },
  });
  const stands = await services.versions.newest(nameOf(agent), agent);
  const misfit = stands && compatibility(stands.manifest, manifest);
  if (misfit) return err(misfit);
  await services.wallet.open(owner, "microcredits"); // where its earnings go
  const handed = await services.published.submit(owner, { manifest, origin: `flow:${ask.flow}`, hash, plan });
  return handed === "submitted" ? ok(manifest) : err({ code: "agent_name_taken", agent });
}

function priceFault(plan: Plan, { price, covers }: PublishFlow): PublishFlowError | null {
  if (price.kind === "metered")
    return { code: "price_unusable", problem: "A flow counts no units: set a price for each call, or none." };
  const asked = mostPerCall(price);
  if (asked.currency !== "microcredits") return { code: "price_unusable", problem: "Set the price in credits." };
  const bound = budgetOf(plan, "microcredits");
  if (!bound.ok) return bound.error;
  return asked.amount < bound.value.amount && !covers
    ? { code: "price_below_bound", price: asked, bound: bound.value }
    : null;
}
