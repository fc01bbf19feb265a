import type { FlowGraph, FlowNode } from "@/flows/graph/graph";

/**
 * Gives back the objects of the last drawing for whatever says the same in this one. What reaches the worker is a copy,
 * and the compiler knows what did not change by its identity.
 */
export function sameObjects(): (graph: FlowGraph) => FlowGraph {
  let nodes = new Map<string, { text: string; node: FlowNode }>();
  let wires = { text: "", wires: [] as FlowGraph["wires"] };
  return (graph) => {
    const next: typeof nodes = new Map();
    for (const node of graph.nodes) {
      const text = JSON.stringify(node);
      const known = nodes.get(node.id);
      next.set(node.id, known?.text === text ? known : { text, node });
    }
    nodes = next;
    const text = JSON.stringify(graph.wires);
    if (wires.text !== text) wires = { text, wires: graph.wires };
    return { ...graph, nodes: graph.nodes.map((node) => next.get(node.id)?.node ?? node), wires: wires.wires };
  };
}
