import type { NodeId } from "@/flows/basics/ids";
import type { FlowDocument, Position } from "@/flows/graph/graph";
import { hiddenNodes } from "../nodes/folded";
import { frameSizes, placesOf } from "../nodes/frames";
import { heightOf, WIDTH } from "../nodes/geometry";
import type { NodePorts } from "../store/compile-slice";
import type { NodeRun } from "../store/run-slice";

/** Where a node lies on the canvas, in pixels at zoom 1. */
export type Box = Position & { id: NodeId; width: number; height: number; frame: boolean };

const NO_PORTS = { inputs: [], outputs: [] };

type Scene = { document: FlowDocument; ports: NodePorts; folded: ReadonlySet<string> };

/** The places of all nodes that can be seen; one that holds others comes before them. */
export function boxesOf({ document, ports, folded }: Scene): readonly Box[] {
  const sizes = frameSizes({ document, ports, folded });
  const hidden = hiddenNodes(document.nodes, folded);
  const places = placesOf(document);
  const boxes = document.nodes.flatMap(({ id }) => {
    if (hidden.has(id)) return [];
    const frame = sizes.get(id);
    const size = frame ?? { width: WIDTH, height: heightOf(ports[id] ?? NO_PORTS) };
    return [{ id, ...(places.get(id) ?? { x: 0, y: 0 }), ...size, frame: frame !== undefined }];
  });
  return boxes.toSorted((a, b) => Number(b.frame) - Number(a.frame) || b.width * b.height - a.width * a.height);
}

/** The node on top at a point. */
export function boxAt(boxes: readonly Box[], { x, y }: Position): NodeId | null {
  const over = (box: Box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
  return boxes.findLast(over)?.id ?? null;
}

export type FarLook = "frame" | "idle" | "selected" | NodeRun["status"];
type Seen = { nodeRuns: Readonly<Record<string, NodeRun>>; selected: readonly string[] };

/** All nodes of one look as one path, in the order in which they are drawn: thousands cost as much as a handful. */
export function drawFarNodes(boxes: readonly Box[], { nodeRuns, selected }: Seen): ReadonlyMap<FarLook, string> {
  const drawn = new Map<FarLook, string[]>([["frame", []]]);
  const add = (look: FarLook, box: Box) => {
    const known = drawn.get(look);
    if (known) known.push(outline(box));
    else drawn.set(look, [outline(box)]);
  };
  const chosen = new Set(selected);
  for (const box of boxes) add(box.frame ? "frame" : (nodeRuns[box.id]?.status ?? "idle"), box);
  for (const box of boxes) if (chosen.has(box.id)) add("selected", box);
  return new Map([...drawn].map(([look, paths]) => [look, paths.join("")]));
}

const outline = ({ x, y, width, height }: Box) => `M${x} ${y}h${width}v${height}h${-width}z`;
