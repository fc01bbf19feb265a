import type { Digest, NodeId } from "../basics/ids";
import { sameJson } from "../basics/same-json";
import type { FlowDocument, FlowNode, PinnedFlow, Position, Wire } from "./graph";
import { wireKey } from "./wire-key";

/** What stood at one place of a document before and stands there now; null for nothing. */
type Turned<Id, Part> = { id: Id; was: Part | null; is: Part | null };

/** The difference between two documents, part by part. Data: it is kept with the deed that made it, and turns round. */
export type Change = {
  nodes: readonly Turned<NodeId, FlowNode>[];
  places: readonly Turned<NodeId, Position>[];
  wires: readonly Turned<string, Wire>[];
  flows: readonly Turned<Digest, PinnedFlow>[];
};

/** Every field of a document has its place in a change: a new one does not compile until it has. */
const partOf = {
  version: () => [],
  nodes: (before, after) => turned(byId(before.nodes), byId(after.nodes)),
  layout: (before, after) => turned(placesOf(before), placesOf(after)),
  wires: (before, after) => turned(byKey(before.wires), byKey(after.wires)),
  flows: (before, after) => turned(flowsOf(before), flowsOf(after)),
} satisfies Record<keyof FlowDocument, (before: FlowDocument, after: FlowDocument) => unknown>;

/** What is different in the second document. The order of drawing is no difference: it means nothing. */
export function changeBetween(before: FlowDocument, after: FlowDocument): Change {
  const part = <Key extends keyof FlowDocument>(key: Key) =>
    before[key] === after[key] ? [] : partOf[key](before, after);
  return {
    nodes: part("nodes") as Change["nodes"],
    places: part("layout") as Change["places"],
    wires: part("wires") as Change["wires"],
    flows: part("flows") as Change["flows"],
  };
}

/** The same difference seen from the other side: what takes a deed back. */
export function turnedRound({ nodes, places, wires, flows }: Change): Change {
  return { nodes: nodes.map(round), places: places.map(round), wires: wires.map(round), flows: flows.map(round) };
}

export function isNoChange({ nodes, places, wires, flows }: Change): boolean {
  return nodes.length + places.length + wires.length + flows.length === 0;
}

function round<Id, Part>({ id, was, is }: Turned<Id, Part>): Turned<Id, Part> {
  return { id, was: is, is: was };
}

function turned<Id, Part>(before: ReadonlyMap<Id, Part>, after: ReadonlyMap<Id, Part>): Turned<Id, Part>[] {
  const found: Turned<Id, Part>[] = [];
  for (const [id, was] of before) {
    const is = after.get(id) ?? null;
    if (was !== is && !sameJson(was, is)) found.push({ id, was, is });
  }
  for (const [id, is] of after) if (!before.has(id)) found.push({ id, was: null, is });
  return found;
}

const byId = (nodes: readonly FlowNode[]) => new Map(nodes.map((node) => [node.id, node]));
const byKey = (wires: readonly Wire[]) => new Map(wires.map((wire) => [wireKey(wire), wire]));
const placesOf = ({ layout }: FlowDocument) => new Map(Object.entries(layout) as [NodeId, Position][]);
const flowsOf = ({ flows }: FlowDocument) => new Map(Object.entries(flows ?? {}) as [Digest, PinnedFlow][]);
