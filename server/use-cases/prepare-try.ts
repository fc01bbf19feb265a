import { type AccountId, type AgentId, FlowId } from "@/flows/basics/ids";
import { err, type Result } from "@/flows/basics/result";
import { FlowDocument } from "@/flows/graph/graph";
import { VERSION } from "@/flows/graph/migrate";
import { digestOf } from "@/flows/plan/digest";
import type { Manifest } from "@/flows/plan/manifest";
import { portsOf } from "@/flows/types/schema-ports";
import type { Services } from "../services";
import { type Agreement, type PlanFlowError, planFlow } from "./plan-flow";

export type PrepareTryError = { code: "agent_not_callable"; agent: AgentId } | PlanFlowError;

type Needs = Pick<Services, "clock" | "flows" | "policies" | "registry">;

/**
 * What a person has to agree to before they try an agent: a flow of this agent alone, drawn once for each version that
 * they look at. A try is a run like any other: it is started with the hash of this plan, judged and paid as every run is.
 */
export async function prepareTry(
  services: Needs,
  { owner, agent }: { owner: AccountId; agent: AgentId },
): Promise<Result<Agreement & { flow: FlowId }, PrepareTryError>> {
  const manifest = (await services.registry.active(agent)).get(agent);
  if (!manifest) return err({ code: "agent_not_callable", agent });
  const document = oneAgentFlow(manifest);
  if (!document) return err({ code: "agent_not_callable", agent });
  const flow = tryFlowOf(owner, manifest);
  await services.flows.ensure(owner, { id: flow, name: `Try: ${manifest.title}`, document });
  const planned = await planFlow(services, { owner, flow });
  return planned.ok ? { ok: true, value: { ...planned.value, flow } } : planned;
}

/** The list of flows leaves out ids that begin so. */
export const TRY = "try-";

/** The same flow for the same person and version, so that its runs are the history of their tries. */
export function tryFlowOf(owner: AccountId, { agent, digest }: Pick<Manifest, "agent" | "digest">): FlowId {
  return FlowId.parse(`${TRY}${digestOf([owner, agent, digest]).slice(0, 40)}`);
}

/** Everything that the agent takes is asked for, everything that it gives is a result. Null where no flow can hold that. */
function oneAgentFlow({ agent, title, input, output }: Manifest): FlowDocument | null {
  const gives = portsOf(output).map(({ name }) => name);
  const takes = portsOf(input).map(({ name }) => name);
  const results = gives.map((name, place) => ({ id: `out-${place}`, kind: "output", title: name, settings: { name } }));
  const drawn = FlowDocument.safeParse({
    version: VERSION,
    nodes: [
      { id: "input", kind: "input", title: "Input", settings: { schema: input } },
      { id: "agent", kind: "agent", title, settings: { agent, inputs: {} } },
      ...results,
    ],
    wires: [
      ...takes.map((name) => ({ from: { node: "input", output: name }, to: { node: "agent", input: name } })),
      ...gives.map((name, place) => ({
        from: { node: "agent", output: name },
        to: { node: `out-${place}`, input: "value" },
      })),
    ],
    layout: {
      input: { x: 0, y: 0 },
      agent: { x: 300, y: 0 },
      ...Object.fromEntries(results.map(({ id }, place) => [id, { x: 600, y: place * 100 }])),
    },
  });
  return drawn.success ? drawn.data : null;
}
