import type { AgentId } from "../basics/ids";
import type { Money } from "../basics/money";
import type { Manifest } from "../plan/manifest";
import type { ObjectSchema } from "../types/agent-manifest";
import { mostPerCall } from "../types/price";
import type { LowerError, Manifests } from "./kind";
import { fillable } from "./model-answer";
import type { ModelSettings } from "./model-settings";

/** An agent as a model is offered it: by a name that models can say, and with those inputs that it may fill in. */
export type Offered = { name: string; manifest: Manifest; input: ObjectSchema };

/** Each agent once, in an order of their own: names are made of ids, so the same agents have the same names. */
export function toolsOf({ tools }: Pick<ModelSettings, "tools">, manifests: Manifests): Offered[] {
  const taken = new Set<string>();
  return [...new Set(tools)].sort().flatMap((agent) => {
    const manifest = manifests.get(agent);
    const input = manifest && fillable(manifest.input);
    return manifest && input ? [{ name: nameOf(agent, taken), manifest, input }] : [];
  });
}

function nameOf(agent: AgentId, taken: Set<string>): string {
  const [, publisher = "", name = ""] = /^(.+)\/(.+)@/.exec(agent) ?? [];
  const choices = [name, `${publisher}_${name}`, agent.replaceAll(/[^A-Za-z0-9_-]/g, "_")];
  const short = choices.map((choice) => choice.slice(0, 60));
  let found = short.find((choice) => !taken.has(choice)) ?? `agent_${taken.size}`;
  while (taken.has(found)) found = `${found}_`;
  taken.add(found);
  return found;
}

/** What is wrong with the agents that a model is given. */
export function toolFaults(settings: ModelSettings, manifests: Manifests): LowerError[] {
  const { tools, cap, maxCalls, maxTurns } = settings;
  return [
    ...[...new Set(tools)].flatMap((agent) => faultsOf(agent, manifests, cap)),
    ...(tools.length > 0 && maxCalls === 0 ? [invalid("maxCalls", NO_CALLS)] : []),
    ...(tools.length > 0 && maxTurns < 2 ? [invalid("maxTurns", NO_TURN)] : []),
  ];
}

const NO_CALLS = "Say how often it may call the agents that it is given.";
const NO_TURN = "With agents to call it needs two turns or more: in the last one it can only answer.";

function faultsOf(agent: AgentId, manifests: Manifests, cap: Money): LowerError[] {
  const manifest = manifests.get(agent);
  if (!manifest) return [{ code: "agent_unknown", agent }];
  const price = mostPerCall(manifest.price);
  const covers = cap.currency === price.currency && cap.amount >= price.amount;
  const problem = `${agent} needs a secret or an amount, which no model may fill in.`;
  return [
    ...(covers ? [] : [{ code: "cap_below_price", cap, price } as const]),
    ...(fillable(manifest.input) ? [] : [invalid("tools", problem)]),
  ];
}

export function invalid(field: string, problem: string): LowerError {
  return { code: "settings_invalid", field, problem };
}
