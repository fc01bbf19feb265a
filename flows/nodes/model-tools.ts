import type { AgentId } from "../basics/ids";
import type { Money } from "../basics/money";
import type { ObjectSchema } from "../types/agent-manifest";
import { mostPerCall } from "../types/price";
import { schemaFaults } from "./input";
import type { LowerError, Manifests } from "./kind";
import { fillable } from "./model-answer";
import type { ModelSettings } from "./model-settings";

type FlowTool = ModelSettings["flows"][number];

/** A tool as a model is offered it: by a name that models can say, and with those inputs that it may fill in. */
export type Offered = {
  name: string;
  description: string;
  input: ObjectSchema;
  does: { agent: AgentId } | { flow: FlowTool };
};
type Asked = Pick<ModelSettings, "tools" | "flows">;

/** Each tool once, in an order of their own: names are made of ids, so the same tools have the same names. */
export function toolsOf({ tools, flows }: Asked, manifests: Manifests): Offered[] {
  const taken = new Set<string>();
  const agents = [...new Set(tools)].sort().flatMap((agent): Offered[] => {
    const manifest = manifests.get(agent);
    const input = manifest && fillable(manifest.input);
    const description = `${manifest?.title}. ${manifest?.description}`;
    return manifest && input ? [{ name: nameOf(agent, taken), description, input, does: { agent } }] : [];
  });
  const pinned = [...flowsById(flows).values()].flatMap((flow): Offered[] => {
    const input = fillable(flow.input);
    const description = `${flow.name}. It gives a list of ${outputsOf(flow).join(", ")}.`;
    return input ? [{ name: free([plain(flow.name)], taken), description, input, does: { flow } }] : [];
  });
  return [...agents, ...pinned];
}

/** In an order of their own: a store may keep the fields of an object in another. */
export function outputsOf({ outputs }: Pick<FlowTool, "outputs">): string[] {
  return Object.keys(outputs).sort();
}

function flowsById(flows: readonly FlowTool[]): ReadonlyMap<string, FlowTool> {
  return new Map(flows.map((flow) => [flow.flow as string, flow] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function nameOf(agent: AgentId, taken: Set<string>): string {
  const [, publisher = "", name = ""] = /^(.+)\/(.+)@/.exec(agent) ?? [];
  return free([name, `${publisher}_${name}`, plain(agent)], taken);
}

const plain = (text: string) => text.replaceAll(/[^A-Za-z0-9_-]/g, "_");

function free(choices: readonly string[], taken: Set<string>): string {
  const short = choices.map((choice) => choice.slice(0, 50));
  let found = short.find((choice) => !taken.has(choice)) ?? `${short[0]}_${taken.size}`;
  while (taken.has(found)) found = `${found}_`;
  taken.add(found);
  return found;
}

/** What is wrong with the agents and flows that a model is given. */
export function toolFaults(settings: ModelSettings, manifests: Manifests): LowerError[] {
  const { tools, flows, cap, maxCalls, maxTurns } = settings;
  const count = tools.length + flows.length;
  return [
    ...[...new Set(tools)].flatMap((agent) => faultsOf(agent, manifests, cap)),
    ...flows.flatMap((flow, place) => flowFaults(flow, `flows.${place}`)),
    ...(count > 0 && maxCalls === 0 ? [invalid("maxCalls", NO_CALLS)] : []),
    ...(count > 0 && maxTurns < 2 ? [invalid("maxTurns", NO_TURN)] : []),
  ];
}

const NO_CALLS = "Say how often it may call the agents and flows that it is given.";
const NO_TURN = "With agents or flows to call it needs two turns or more: in the last one it can only answer.";

function faultsOf(agent: AgentId, manifests: Manifests, cap: Money): LowerError[] {
  const manifest = manifests.get(agent);
  if (!manifest) return [{ code: "agent_unknown", agent }];
  const price = mostPerCall(manifest.price);
  const covers = cap.currency === price.currency && cap.amount >= price.amount;
  return [
    ...(covers ? [] : [{ code: "cap_below_price", cap, price } as const]),
    ...(fillable(manifest.input) ? [] : [unfillable(agent, "tools")]),
  ];
}

function flowFaults({ name, input, outputs }: FlowTool, field: string): LowerError[] {
  const broken = [
    ...schemaFaults(`${field}.input`, input),
    ...Object.entries(outputs).flatMap(([output, schema]) => schemaFaults(`${field}.outputs.${output}`, schema)),
  ];
  if (broken.length > 0) return broken;
  const silent = Object.keys(outputs).length === 0;
  return [
    ...(silent ? [invalid(field, `${name} gives nothing that a model could read.`)] : []),
    ...(fillable(input) ? [] : [unfillable(name, field)]),
  ];
}

function unfillable(name: string, field: string): LowerError {
  return invalid(field, `${name} needs a secret or an amount, which no model may fill in.`);
}

export function invalid(field: string, problem: string): LowerError {
  return { code: "settings_invalid", field, problem };
}
