import type { FlowDocument, FlowNode } from "@/flows/graph/graph";

type Drawing = Pick<FlowDocument, "nodes" | "wires">;

/** The nodes as the flow goes through them; what is drawn in a node comes right behind it. Circles keep the drawn order. */
export function inFlowOrder({ nodes, wires }: Drawing): readonly FlowNode[] {
  const place = placesInFlow({ nodes, wires });
  const ids = new Set<string>(nodes.map(({ id }) => id));
  const outerOf = ({ parent }: FlowNode) => (parent !== undefined && ids.has(parent) ? parent : undefined);
  const held = new Map<string | undefined, FlowNode[]>();
  for (const node of nodes) held.set(outerOf(node), [...(held.get(outerOf(node)) ?? []), node]);
  const placeOf = ({ id }: FlowNode) => place.get(id) ?? nodes.length;
  const listed = new Set<FlowNode>();
  const list = (parent: string | undefined) => {
    for (const node of (held.get(parent) ?? []).toSorted((a, b) => placeOf(a) - placeOf(b))) {
      listed.add(node);
      list(node.id);
    }
  };
  list(undefined);
  for (const node of nodes) listed.add(node); // those that lie in one another in a circle
  return [...listed];
}

/** How many nodes come before each; one that waits for itself has no place. */
function placesInFlow({ nodes, wires }: Drawing): ReadonlyMap<string, number> {
  const parents = new Map<string, string | undefined>(nodes.map(({ id, parent }) => [id, parent]));
  const needs = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  const next = new Map<string, string[]>();
  for (const { from, to } of wires) {
    if (parents.get(from.node) === to.node || parents.get(to.node) === from.node) continue;
    next.set(from.node, [...(next.get(from.node) ?? []), to.node]);
    needs.set(to.node, (needs.get(to.node) ?? 0) + 1);
  }
  // What has no wire, such as a note or what was just added, comes last, and so is drawn on top.
  const wired = new Set<string>(wires.flatMap(({ from, to }) => [from.node, to.node]));
  const roots = [...needs].flatMap(([id, count]) => (count === 0 ? [id] : []));
  const ready = roots.filter((id) => wired.has(id));
  for (const id of ready)
    for (const after of next.get(id) ?? []) {
      const left = (needs.get(after) ?? 0) - 1;
      needs.set(after, left);
      if (left === 0) ready.push(after);
    }
  return new Map([...ready, ...roots.filter((id) => !wired.has(id))].map((id, at) => [id, at]));
}
