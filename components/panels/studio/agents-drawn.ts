import type { AgentId } from "@/flows/basics/ids";
import type { FlowDocument } from "@/flows/graph/graph";
import { namedAgents } from "@/flows/plan/named-agents";

/** The API takes no longer list. */
const MOST = 1_000;
const known = new WeakMap<object, readonly AgentId[]>();

/** The agents that a drawing names, in order. An edit leaves the settings of every other node as they are. */
export function agentsDrawn({ nodes, flows }: Pick<FlowDocument, "nodes" | "flows">): readonly AgentId[] {
  const within = known.get(nodes);
  if (within) return within;
  const all = new Set([...nodes.flatMap(({ settings }) => namedIn(settings)), ...(flows ? namedIn(flows) : [])]);
  const found = [...all].sort().slice(0, MOST);
  known.set(nodes, found);
  return found;
}

function namedIn(part: object): readonly AgentId[] {
  const found = known.get(part) ?? namedAgents(part);
  known.set(part, found);
  return found;
}

/** Those that the studio does not show to everybody anyway, in an order that makes the same question the same. */
export function strangersOf(drawn: readonly AgentId[], house: readonly { agent: AgentId }[]): AgentId[] {
  const own = new Set<string>(house.map(({ agent }) => agent));
  return drawn.filter((agent) => !own.has(agent));
}
