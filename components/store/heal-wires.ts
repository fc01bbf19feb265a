import type { NodeId } from "@/flows/basics/ids";
import { applyEdit, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, Wire } from "@/flows/graph/graph";
import { withAllInside } from "@/flows/graph/inside";
import type { NodePorts } from "./compile-slice";
import { judgeConnection } from "./judge-connection";

type Scene = { document: FlowDocument; ports: NodePorts };

/**
 * The edits that delete nodes and close the gaps: where one node led to what goes, and what goes led on by one output,
 * the two sides are wired to each other if what comes out fits. A gap that does not close stays open.
 */
export function healingEdits({ document, ports }: Scene, nodes: readonly NodeId[]): readonly FlowEdit[] {
  const removal: FlowEdit = { edit: "remove_nodes", nodes };
  const removed = applyEdit(document, removal);
  if (!removed.ok) return [removal];
  const gone = withAllInside(document.nodes, nodes);
  const edits: FlowEdit[] = [removal];
  let left = removed.value;
  for (const { before, after } of gapsOf(document.wires, gone)) {
    for (const { to } of after) {
      const wire = before
        .map(({ from }) => ({ from, to }))
        .find((each) => judgeConnection({ document: left, ports }, each) === null);
      if (!wire) continue;
      const edit: FlowEdit = { edit: "add_wire", wire };
      const healed = applyEdit(left, edit);
      if (!healed.ok) continue;
      left = healed.value;
      edits.push(edit);
    }
  }
  return edits;
}

type Gap = { before: Wire[]; after: Wire[] };

/** What hangs together among the nodes that go, as the wires into it and out of it. Only plain chains can be closed. */
function gapsOf(wires: readonly Wire[], gone: ReadonlySet<string>): readonly Gap[] {
  const partOf = partsOf(wires, gone);
  const gaps = new Map<string, Gap>();
  const gapOf = (node: string): Gap => {
    const part = partOf(node);
    const known = gaps.get(part) ?? { before: [], after: [] };
    gaps.set(part, known);
    return known;
  };
  for (const wire of wires) {
    const [starts, ends] = [gone.has(wire.from.node), gone.has(wire.to.node)];
    if (!starts && ends) gapOf(wire.to.node).before.push(wire);
    if (starts && !ends) gapOf(wire.from.node).after.push(wire);
  }
  return [...gaps.values()].filter(
    ({ before, after }) =>
      new Set(before.map(({ from }) => from.node)).size === 1 &&
      new Set(after.map(({ from }) => `${from.node} ${from.output}`)).size === 1,
  );
}

/** Names the part that a node belongs to: nodes that are wired to each other are of one part. */
function partsOf(wires: readonly Wire[], nodes: ReadonlySet<string>): (node: string) => string {
  const above = new Map<string, string>();
  const partOf = (node: string): string => {
    let at = node;
    for (let up = above.get(at); up !== undefined; up = above.get(at)) at = up;
    return at;
  };
  for (const { from, to } of wires) {
    if (!nodes.has(from.node) || !nodes.has(to.node)) continue;
    const [a, b] = [partOf(from.node), partOf(to.node)];
    if (a !== b) above.set(a, b);
  }
  return partOf;
}
