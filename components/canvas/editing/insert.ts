import { applyEdit, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode, Position, Wire } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import { WIDTH } from "../../nodes/geometry";
import { judgeConnection } from "../../store/judge-connection";
import { boxesOf, type Scene } from "./boxes";

const GAP = 64;

/** The wires that lead through a node instead of past it; null when the node has no two ports that fit. */
export function throughNode(scene: Scene, wire: Wire, node: FlowNode["id"]): readonly FlowEdit[] | null {
  const cut: FlowEdit = { edit: "remove_wires", wires: [wire] };
  const open = applyEdit(scene.document, cut);
  if (!open.ok) return null;
  const own = scene.ports[node];
  const into = own?.inputs
    .map(({ name }) => ({ from: wire.from, to: { node, input: name } }))
    .find((each) => judgeConnection({ ...scene, document: open.value }, each) === null);
  if (!into) return null;
  const first: FlowEdit = { edit: "add_wire", wire: into };
  const half = applyEdit(open.value, first);
  if (!half.ok) return null;
  const on = own?.outputs
    .map(({ name }) => ({ from: { node, output: name }, to: wire.to }))
    .find((each) => judgeConnection({ ...scene, document: half.value }, each) === null);
  return on ? [cut, first, { edit: "add_wire", wire: on }] : null;
}

/** Puts a new node into a wire, and makes room for it where there is too little. Null when it does not fit. */
export function insertNew(
  scene: Scene,
  wire: Wire,
  fresh: { node: FlowNode; ports: Ports },
): readonly FlowEdit[] | null {
  const { document, ports } = scene;
  const parent = placeOfWire(document, wire);
  const { parent: _none, ...free } = fresh.node;
  const node: FlowNode = { ...free, ...(parent ? { parent } : {}) };
  const { position, pushed } = roomFor(scene, wire, parent);
  const adding: FlowEdit[] = [
    ...(Object.keys(pushed).length > 0 ? [{ edit: "move_nodes" as const, to: pushed }] : []),
    { edit: "add_node", node, position },
  ];
  const added = adding.reduce<FlowDocument | null>((drawn, edit) => {
    const next = drawn && applyEdit(drawn, edit);
    return next?.ok ? next.value : null;
  }, document);
  if (!added) return null;
  const through = throughNode({ document: added, ports: { ...ports, [node.id]: fresh.ports } }, wire, node.id);
  return through ? [...adding, ...through] : null;
}

/** Where a wire runs: in what both of its ends are drawn, or in the container that it starts or ends at the inside of. */
function placeOfWire({ nodes }: FlowDocument, { from, to }: Wire): FlowNode["parent"] {
  const start = nodes.find(({ id }) => id === from.node);
  const end = nodes.find(({ id }) => id === to.node);
  if (end?.parent !== undefined && (end.parent === from.node || end.parent === start?.parent)) return end.parent;
  return start?.parent === to.node ? start?.parent : (start?.parent ?? undefined);
}

function roomFor(scene: Scene, { from, to }: Wire, parent: FlowNode["parent"]) {
  const { document } = scene;
  const boxes = boxesOf(scene);
  const base = (parent && boxes.get(parent)) || { x: 0, y: 0 };
  const start = boxes.get(from.node) ?? { x: 0, y: 0, width: WIDTH, height: 0 };
  const end = boxes.get(to.node) ?? start;
  const [inner, outer] = [from.node === parent, to.node === parent];
  const left = inner ? start.x : start.x + start.width;
  const right = outer ? end.x + end.width : end.x;
  const need = WIDTH + 2 * GAP - (right - left);
  // A wire that runs back, or to the edge of its container, leaves the others where they are.
  const push = need > 0 && right >= left && !outer ? need : 0;
  const middle = inner ? end.y : outer ? start.y : (start.y + end.y) / 2;
  const layout = document.layout as Readonly<Record<string, Position>>;
  const pushed = document.nodes
    .filter(({ id, parent: around }) => push > 0 && around === parent && (boxes.get(id)?.x ?? left) >= right)
    .map(({ id }) => [id, { x: Math.round((layout[id]?.x ?? 0) + push), y: layout[id]?.y ?? 0 }] as const);
  return {
    pushed: Object.fromEntries(pushed),
    position: {
      x: Math.round(left + Math.max(GAP, (right + push - left - WIDTH) / 2) - base.x),
      y: Math.round(middle - base.y),
    },
  };
}

/** The wire that runs through a box, of those that a node can be put into; the one nearest to its middle. */
export function wireUnder(
  curves: readonly { wire: Wire; points: readonly Position[] }[],
  box: { x: number; y: number; width: number; height: number },
): Wire | null {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  let best: { wire: Wire; far: number } | null = null;
  for (const { wire, points } of curves) {
    for (const { x, y } of points) {
      if (x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height) continue;
      const far = Math.hypot(x - middle.x, y - middle.y);
      if (!best || far < best.far) best = { wire, far };
    }
  }
  return best?.wire ?? null;
}

export const isWiredTo = (wires: readonly Wire[], node: string) =>
  wires.some(({ from, to }) => from.node === node || to.node === node);
