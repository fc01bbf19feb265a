import type { NodeId } from "@/flows/basics/ids";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode, Position } from "@/flows/graph/graph";
import { outermost } from "./arrange";
import { boxesOf, type Scene } from "./boxes";
import type { Level } from "./editing-message";

type LayOut = (level: Level) => Promise<Readonly<Record<string, Position>>>;

/**
 * The edit that puts nodes into columns, the inside of containers first, since what is in them makes them large. With two
 * or more nodes chosen only these are moved. Null when nothing would move.
 */
export async function tidyEdit(scene: Scene, chosen: readonly NodeId[], layOut: LayOut): Promise<FlowEdit | null> {
  let { document } = scene;
  for (const group of levelsOf(document, chosen)) {
    const level = levelOf({ ...scene, document }, group);
    if (level.boxes.length < 2) continue;
    const places = await layOut(level);
    document = { ...document, layout: { ...document.layout, ...places } };
  }
  const before = scene.document.layout as Readonly<Record<string, Position>>;
  const moved = Object.entries(document.layout).filter(([id, { x, y }]) => before[id]?.x !== x || before[id]?.y !== y);
  return moved.length > 0 ? { edit: "move_nodes", to: Object.fromEntries(moved) } : null;
}

/** Nodes that are drawn in the same place, the deepest first. Notes stay where somebody put them. */
function levelsOf(document: FlowDocument, chosen: readonly NodeId[]): readonly (readonly FlowNode[])[] {
  const some = outermost(document, chosen);
  const among = some.length >= 2 ? some : document.nodes;
  const groups = new Map<string | undefined, FlowNode[]>();
  for (const node of among) {
    if (node.kind === "note") continue;
    const own = groups.get(node.parent) ?? [];
    own.push(node);
    groups.set(node.parent, own);
  }
  const parents = new Map<string, string | undefined>(document.nodes.map(({ id, parent }) => [id, parent]));
  const depth = (parent: string | undefined) => {
    let steps = 0;
    for (let at = parent; at !== undefined && steps <= parents.size; at = parents.get(at)) steps++;
    return steps;
  };
  return [...groups].sort(([a], [b]) => depth(b) - depth(a)).map(([, nodes]) => nodes);
}

/** Wires of what is drawn deeper count for the node of this level that it lies in. */
function levelOf({ document, ports }: Scene, nodes: readonly FlowNode[]): Level {
  const boxes = boxesOf({ document, ports });
  const layout = document.layout as Readonly<Record<string, Position>>;
  const own = new Set<string>(nodes.map(({ id }) => id));
  const parents = new Map<string, string | undefined>(document.nodes.map(({ id, parent }) => [id, parent]));
  const lifted = (node: string): string | null => {
    let at: string | undefined = node;
    for (let steps = 0; at !== undefined && steps <= parents.size; steps++, at = parents.get(at))
      if (own.has(at)) return at;
    return null;
  };
  const links = document.wires.flatMap(({ from, to }) => {
    const [start, end] = [lifted(from.node), lifted(to.node)];
    return start && end && start !== end ? [{ from: start, to: end }] : [];
  });
  return {
    boxes: nodes.map(({ id }) => {
      const { width, height } = boxes.get(id) ?? { width: 0, height: 0 };
      return { id, width, height, ...(layout[id] ?? { x: 0, y: 0 }) };
    }),
    links,
  };
}
