import { absoluteOf } from "@/components/nodes/frames";
import type { FlowDocument } from "@/flows/graph/graph";

/** A node of the sketch, in pixels from its corner. */
export type Spot = { id: string; title: string; left: number; top: number };
export type Sketch = { spots: readonly Spot[]; wires: readonly string[]; width: number; height: number };

/** The canvas's cards are 220 wide and about 72 high; the sketch draws them smaller and closer. */
export const BOX = { width: 148, height: 32 };
const CLOSER = { x: 0.62, y: 0.5 };

/** The drawing as it lay when the run started, small enough to see all of it. */
export function sketchOf(document: FlowDocument): Sketch {
  const { nodes, wires } = document;
  const placed = nodes.map((node) => ({ ...node, at: absoluteOf(document, node.id) }));
  const left = Math.min(...placed.map(({ at }) => at.x));
  const top = Math.min(...placed.map(({ at }) => at.y));
  const spots = placed.map(({ id, title, at }) => ({
    ...{ id, title },
    left: Math.round((at.x - left) * CLOSER.x),
    top: Math.round((at.y - top) * CLOSER.y),
  }));
  const spotOf = new Map<string, Spot>(spots.map((spot) => [spot.id, spot]));
  return {
    spots,
    wires: wires.flatMap(({ from, to }) => pathOf(spotOf.get(from.node), spotOf.get(to.node))),
    width: Math.max(0, ...spots.map((spot) => spot.left)) + BOX.width,
    height: Math.max(0, ...spots.map((spot) => spot.top)) + BOX.height,
  };
}

function pathOf(from: Spot | undefined, to: Spot | undefined): string[] {
  if (!from || !to) return [];
  const [x1, y1] = [from.left + BOX.width, from.top + BOX.height / 2];
  const [x2, y2] = [to.left, to.top + BOX.height / 2];
  const bend = Math.max(16, Math.abs(x2 - x1) / 2);
  return [`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`];
}
