import type { PinnedFlow, Wire } from "./graph";

/**
 * What a flow means, in one form however it was drawn: nodes and wires in order, without titles. Its digest pins a flow.
 * Where a node is drawn belongs to it, since a body is done more than once.
 */
export function meaningOf({ nodes, wires }: PinnedFlow) {
  const meant = nodes.map(({ id, kind, settings, parent = null }) => ({ id, kind, settings, parent }));
  return { nodes: meant.sort((a, b) => (a.id < b.id ? -1 : 1)), wires: wiresInOrder(wires) };
}

/** Wires in an order of their own, so that nothing depends on when they were drawn. [C2] */
export function wiresInOrder(wires: readonly Wire[]): Wire[] {
  const key = ({ from, to }: Wire) => `${to.node}/${to.input}/${from.node}/${from.output}`;
  return wires
    .map((wire) => ({ wire, key: key(wire) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ wire }) => wire);
}
