import type { NodeId } from "@/flows/basics/ids";
import type { FlowDocument, FlowNode, Wire } from "@/flows/graph/graph";

/** Where wires end at a card that stands for all that is drawn inside it. */
export const FOLDED_IN = "folded-in";
export const FOLDED_OUT = "folded-out";

/** The nodes that cannot be seen, each with the outermost collapsed container that it lies in. */
export function hiddenNodes(nodes: readonly FlowNode[], folded: ReadonlySet<string>): ReadonlyMap<string, NodeId> {
  if (folded.size === 0) return NOTHING;
  const parents = new Map<string, NodeId | undefined>(nodes.map(({ id, parent }) => [id, parent]));
  const hidden = new Map<string, NodeId>();
  for (const { id } of nodes) {
    const seen = new Set<string>([id]);
    for (let at = parents.get(id); at !== undefined && !seen.has(at); at = parents.get(at)) {
      seen.add(at);
      if (folded.has(at)) hidden.set(id, at);
    }
  }
  return hidden;
}

const NOTHING: ReadonlyMap<string, NodeId> = new Map();

/** The wires that can be seen: one that leads into a collapsed container, or out of it, ends at its card. */
export function seenWires(document: FlowDocument, folded: ReadonlySet<string>): readonly Wire[] {
  const hidden = hiddenNodes(document.nodes, folded);
  if (hidden.size === 0) return document.wires;
  const seen = new Map<string, Wire>();
  for (const wire of document.wires) {
    const [start, end] = [hidden.get(wire.from.node), hidden.get(wire.to.node)];
    const shown: Wire = {
      from: start ? { node: start, output: FOLDED_OUT } : wire.from,
      to: end ? { node: end, input: FOLDED_IN } : wire.to,
    };
    const within = shown.from.node === shown.to.node;
    const key = `${shown.from.node} ${shown.from.output} ${shown.to.node} ${shown.to.input}`;
    if (!within) seen.set(key, start || end ? shown : wire);
  }
  return [...seen.values()];
}

export const isStandIn = ({ from, to }: Wire) => from.output === FOLDED_OUT || to.input === FOLDED_IN;
