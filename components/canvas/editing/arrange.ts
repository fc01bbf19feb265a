import type { NodeId } from "@/flows/basics/ids";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode, Position } from "@/flows/graph/graph";
import { type Box, boxAround, boxesOf, type Scene } from "./boxes";

export type Edge = "left" | "centre" | "right" | "top" | "middle" | "bottom";
export type Axis = "horizontally" | "vertically";

/** Those of the nodes that do not lie in another one of them: moving that one moves them too. */
export function outermost({ nodes }: Pick<FlowDocument, "nodes">, chosen: readonly NodeId[]): readonly FlowNode[] {
  const among = new Set<string>(chosen);
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  return nodes.filter(({ id, parent }) => {
    if (!among.has(id)) return false;
    const seen = new Set<string>();
    for (let at = parent; at !== undefined && !seen.has(at); at = parents.get(at)) {
      if (among.has(at)) return false;
      seen.add(at);
    }
    return true;
  });
}

/** Moves nodes so that one edge, or the middle, of all of them lies on one line. */
export function alignEdit(scene: Scene, chosen: readonly NodeId[], edge: Edge): FlowEdit {
  const boxes = chosenBoxes(scene, chosen);
  const around = boxAround(boxes.map(({ box }) => box));
  return move(
    scene,
    boxes.map(({ node, box }) => ({ node, by: byToEdge(box, around, edge) })),
  );
}

function byToEdge(box: Box, around: Box, edge: Edge): Position {
  switch (edge) {
    case "left":
      return { x: around.x - box.x, y: 0 };
    case "centre":
      return { x: around.x + around.width / 2 - box.x - box.width / 2, y: 0 };
    case "right":
      return { x: around.x + around.width - box.x - box.width, y: 0 };
    case "top":
      return { x: 0, y: around.y - box.y };
    case "middle":
      return { x: 0, y: around.y + around.height / 2 - box.y - box.height / 2 };
    case "bottom":
      return { x: 0, y: around.y + around.height - box.y - box.height };
  }
}

/** Moves the nodes between the first and the last so that the gaps between them are the same. */
export function distributeEdit(scene: Scene, chosen: readonly NodeId[], axis: Axis): FlowEdit {
  const [start, size] = axis === "horizontally" ? (["x", "width"] as const) : (["y", "height"] as const);
  const boxes = [...chosenBoxes(scene, chosen)].sort(
    (a, b) => a.box[start] + a.box[size] / 2 - (b.box[start] + b.box[size] / 2),
  );
  const around = boxAround(boxes.map(({ box }) => box));
  const filled = boxes.reduce((sum, { box }) => sum + box[size], 0);
  const gap = (around[size] - filled) / Math.max(1, boxes.length - 1);
  let at = around[start];
  const moves = boxes.map(({ node, box }) => {
    const by = at - box[start];
    at += box[size] + gap;
    return { node, by: axis === "horizontally" ? { x: by, y: 0 } : { x: 0, y: by } };
  });
  return move(scene, moves);
}

const ROOM = 32;
const HEAD = 72;

/** Wraps nodes that lie in the same place into a group of their own. Null when they lie in different containers. */
export function groupEdits(scene: Scene, chosen: readonly NodeId[], group: Pick<FlowNode, "id" | "title">) {
  const nodes = outermost(scene.document, chosen);
  const [first] = nodes;
  if (!first || nodes.some(({ parent }) => parent !== first.parent)) return null;
  const around = boxAround(chosenBoxes(scene, chosen).map(({ box }) => box));
  const corner = { x: around.x - ROOM, y: around.y - ROOM - HEAD };
  const boxes = boxesOf(scene);
  const base = (first.parent && boxes.get(first.parent)) || { x: 0, y: 0 };
  const { parent } = first;
  const node: FlowNode = { ...group, kind: "group", settings: { about: "" }, ...(parent ? { parent } : {}) };
  const to = nodes.map(({ id }) => {
    const { x, y } = boxes.get(id) ?? corner;
    return [id, { x: x - corner.x, y: y - corner.y }] as const;
  });
  const edits: FlowEdit[] = [
    { edit: "add_node", node, position: { x: corner.x - base.x, y: corner.y - base.y } },
    { edit: "set_parent", nodes: nodes.map(({ id }) => id), parent: group.id, to: Object.fromEntries(to) },
  ];
  return edits;
}

/** Takes groups away and leaves what is in them where it is seen. Only groups: other containers do something. */
export function ungroupEdits(scene: Scene, chosen: readonly NodeId[]): readonly FlowEdit[] {
  const { nodes } = scene.document;
  const boxes = boxesOf(scene);
  const groups = nodes.filter(({ id, kind }) => kind === "group" && chosen.includes(id));
  const gone = new Set<string>(groups.map(({ id }) => id));
  const byId = new Map<string, FlowNode>(nodes.map((node) => [node.id, node]));
  return [
    ...groups.flatMap((group): FlowEdit[] => {
      const inside = nodes.filter(({ id, parent }) => parent === group.id && !gone.has(id)).map(({ id }) => id);
      let parent = group.parent;
      while (parent !== undefined && gone.has(parent)) parent = byId.get(parent)?.parent;
      const base = (parent && boxes.get(parent)) || { x: 0, y: 0 };
      const to = inside.map((id) => {
        const { x, y } = boxes.get(id) ?? base;
        return [id, { x: x - base.x, y: y - base.y }] as const;
      });
      return inside.length > 0
        ? [{ edit: "set_parent", nodes: inside, parent: parent ?? null, to: Object.fromEntries(to) }]
        : [];
    }),
    ...(groups.length > 0 ? [{ edit: "remove_nodes" as const, nodes: groups.map(({ id }) => id) }] : []),
  ];
}

function chosenBoxes(scene: Scene, chosen: readonly NodeId[]) {
  const boxes = boxesOf(scene);
  return outermost(scene.document, chosen).flatMap((node) => {
    const box = boxes.get(node.id);
    return box ? [{ node, box }] : [];
  });
}

function move({ document }: Scene, moves: readonly { node: FlowNode; by: Position }[]): FlowEdit {
  const layout = document.layout as Readonly<Record<string, Position>>;
  const to = moves.map(({ node, by }) => {
    const { x, y } = layout[node.id] ?? { x: 0, y: 0 };
    return [node.id, { x: Math.round(x + by.x), y: Math.round(y + by.y) }] as const;
  });
  return { edit: "move_nodes", to: Object.fromEntries(to) };
}
