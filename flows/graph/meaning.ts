import type { PinnedFlow, Wire } from "./graph";

/**
 * What a flow means, in one form however it was drawn: nodes and wires in order, without titles. Its digest pins a flow.
 * Where a node is drawn belongs to it, since a body is done more than once.
 */
export function meaningOf({ nodes, wires }: PinnedFlow) {
  const meant = nodes.map(({ id, kind, settings, parent = null }) => ({ id, kind, settings, parent }));
  return { nodes: meant.sort((a, b) => compare(a.id, b.id)), wires: wiresInOrder(wires) };
}

/** Wires in an order of their own, so that nothing depends on when they were drawn. [C2] */
export function wiresInOrder(wires: readonly Wire[]): Wire[] {
  return [...wires].sort(
    (a, b) =>
      compare(a.to.node, b.to.node) ||
      compare(a.to.input, b.to.input) ||
      compare(a.from.node, b.from.node) ||
      compare(a.from.output, b.from.output),
  );
}

/** By code units, the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
