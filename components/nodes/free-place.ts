import type { NodeId } from "@/flows/basics/ids";
import type { FlowDocument, Position } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import { frameSizes, type Size } from "./frames";
import { HEIGHT, heightOf, WIDTH } from "./geometry";
import { holdsNodes } from "./kind-looks";

type Scene = {
  document: Pick<FlowDocument, "nodes" | "layout">;
  ports: Readonly<Record<string, Ports>>;
  folded?: ReadonlySet<string>;
};

/** Where something new comes: the position is counted from the container that it is drawn in. */
export type Place = { parent: NodeId | null; position: Position };

const ACROSS = 80;
const BETWEEN = 20;
const NO_PORTS: Ports = { inputs: [], outputs: [] };

/** What can be known of the size of a node before it is there. */
export const freshSize = (kind: string): Size =>
  holdsNodes(kind) ? { width: 460, height: 200 } : { width: WIDTH, height: HEIGHT };

/**
 * Where a node comes that is added while another is selected: after it, in the same container. A container that is open
 * and empty is there to be filled, so what is added to it comes inside.
 */
export function placeBeside(scene: Scene, beside: NodeId, size: Size): Place {
  const { document, folded } = scene;
  const node = document.nodes.find(({ id }) => id === beside);
  const isEmpty = !document.nodes.some(({ parent }) => parent === beside);
  const isToBeFilled = node && holdsNodes(node.kind) && isEmpty && !folded?.has(beside);
  return isToBeFilled ? placeInside(scene, beside, size) : placeAfter(scene, beside, size);
}

/** To the right of a node, in the same container. */
export function placeAfter(scene: Scene, before: NodeId, size: Size): Place {
  const at = layoutOf(scene)[before] ?? { x: 0, y: 0 };
  const own = sizeOf(scene, before);
  const parent = scene.document.nodes.find(({ id }) => id === before)?.parent ?? null;
  return placeFree(scene, { parent, position: { x: at.x + own.width + ACROSS, y: at.y } }, size);
}

/** The first place inside a container that is free, under its title. */
export function placeInside(scene: Scene, container: NodeId, size: Size): Place {
  const top = heightOf(scene.ports[container] ?? NO_PORTS);
  return placeFree(scene, { parent: container, position: { x: 60, y: top + 60 } }, size);
}

/** The wanted place, or the first one below it where nothing of the same container lies. */
export function placeFree(scene: Scene, { parent, position }: Place, size: Size): Place {
  const layout = layoutOf(scene);
  const boxes = scene.document.nodes
    .filter((node) => (node.parent ?? null) === parent)
    .map(({ id }) => ({ ...(layout[id] ?? { x: 0, y: 0 }), ...sizeOf(scene, id) }))
    .sort((a, b) => a.y - b.y);
  let { y } = position;
  for (const box of boxes) {
    const across = position.x < box.x + box.width && box.x < position.x + size.width;
    if (across && y < box.y + box.height + BETWEEN && box.y < y + size.height + BETWEEN)
      y = box.y + box.height + 2 * BETWEEN;
  }
  return { parent, position: { x: position.x, y } };
}

const layoutOf = ({ document }: Scene) => document.layout as Readonly<Record<string, Position>>;

function sizeOf({ document, ports, folded }: Scene, id: NodeId): Size {
  const known = frameSizes({ document, ports, ...(folded ? { folded } : {}) }).get(id);
  return known ?? { width: WIDTH, height: heightOf(ports[id] ?? NO_PORTS) };
}
