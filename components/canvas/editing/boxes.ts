import type { FlowDocument, Position } from "@/flows/graph/graph";
import { frameSizes } from "../../nodes/frames";
import { heightOf, WIDTH } from "../../nodes/geometry";
import type { NodePorts } from "../../store/compile-slice";

export type Box = { x: number; y: number; width: number; height: number };

/** A drawing as it is seen: `folded` are the containers that are shown as a card. */
export type Scene = { document: FlowDocument; ports: NodePorts; folded?: ReadonlySet<string> };

/** Where every node lies on the canvas, whatever it is drawn in. */
export function absolutePlaces({
  nodes,
  layout,
}: Pick<FlowDocument, "nodes" | "layout">): ReadonlyMap<string, Position> {
  const parents = new Map<string, string | undefined>(nodes.map(({ id, parent }) => [id, parent]));
  const own = layout as Readonly<Record<string, Position>>;
  const places = new Map<string, Position>();
  const placeOf = (id: string, below: ReadonlySet<string>): Position => {
    const known = places.get(id);
    if (known) return known;
    const { x, y } = own[id] ?? { x: 0, y: 0 };
    const parent = parents.get(id);
    const base =
      parent === undefined || below.has(id) || !parents.has(parent)
        ? { x: 0, y: 0 }
        : placeOf(parent, new Set([...below, id]));
    const place = { x: base.x + x, y: base.y + y };
    places.set(id, place);
    return place;
  };
  for (const { id } of nodes) placeOf(id, new Set());
  return places;
}

/** The room that every node takes up on the canvas. */
export function boxesOf({ document, ports, folded }: Scene): ReadonlyMap<string, Box> {
  const places = absolutePlaces(document);
  const frames = frameSizes({ document, ports, ...(folded ? { folded } : {}) });
  return new Map(
    document.nodes.map(({ id }) => {
      const size = frames.get(id) ?? { width: WIDTH, height: heightOf(ports[id] ?? { inputs: [], outputs: [] }) };
      return [id as string, { ...(places.get(id) ?? { x: 0, y: 0 }), ...size }];
    }),
  );
}

/** The smallest box around all of them. */
export function boxAround(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  return {
    x: left,
    y: top,
    width: Math.max(...boxes.map(({ x, width }) => x + width)) - left,
    height: Math.max(...boxes.map(({ y, height }) => y + height)) - top,
  };
}
