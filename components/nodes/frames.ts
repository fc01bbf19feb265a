import type { NodeId } from "@/flows/basics/ids";
import type { FlowDocument, Position } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import { heightOf, WIDTH } from "./geometry";
import { holdsNodes } from "./kind-looks";

export type Size = { width: number; height: number };

const LEAST: Size = { width: 460, height: 200 };
const ROOM = 32;
const NO_PORTS: Ports = { inputs: [], outputs: [] };

/** `folded` are containers that are drawn as a card: nothing is seen in them, and nothing can be put there. */
type Drawn = {
  document: Pick<FlowDocument, "nodes" | "layout">;
  ports: Readonly<Record<string, Ports>>;
  folded?: ReadonlySet<string>;
};

/** How large each node is that others are drawn in: as large as what is in it, and never too small to drop into. */
export function frameSizes({ document, ports, folded }: Drawn): ReadonlyMap<string, Size> {
  const sizes = new Map<string, Size>();
  const inside = new Map<string, FlowDocument["nodes"][number][]>();
  for (const node of document.nodes) {
    if (node.parent) inside.set(node.parent, [...(inside.get(node.parent) ?? []), node]);
    if (holdsNodes(node.kind) && !folded?.has(node.id)) sizes.set(node.id, LEAST);
  }
  const layout = document.layout as Readonly<Record<string, Position>>;
  const measured = new Set<string>();
  const measure = (id: string): Size => {
    const known = sizes.get(id) ?? LEAST;
    if (measured.has(id)) return known;
    measured.add(id);
    const ends = (inside.get(id) ?? []).map((child) => {
      const at = layout[child.id] ?? { x: 0, y: 0 };
      const own = sizes.has(child.id)
        ? measure(child.id)
        : { width: WIDTH, height: heightOf(ports[child.id] ?? NO_PORTS) };
      return { x: at.x + own.width, y: at.y + own.height };
    });
    const size = {
      width: Math.max(LEAST.width, ...ends.map(({ x }) => x + ROOM)),
      height: Math.max(LEAST.height, ...ends.map(({ y }) => y + ROOM)),
    };
    sizes.set(id, size);
    return size;
  };
  for (const id of [...sizes.keys()]) measure(id);
  return sizes;
}

/** Where a node lies on the canvas, wherever it is drawn. */
export function absoluteOf({ nodes, layout }: Pick<FlowDocument, "nodes" | "layout">, id: string): Position {
  const byId = new Map(nodes.map((node) => [node.id as string, node]));
  const places = layout as Readonly<Record<string, Position>>;
  const at = { x: 0, y: 0 };
  const seen = new Set<string>();
  for (let each: string | undefined = id; each !== undefined && !seen.has(each); each = byId.get(each)?.parent) {
    seen.add(each);
    at.x += places[each]?.x ?? 0;
    at.y += places[each]?.y ?? 0;
  }
  return at;
}

/** Where every node lies on the canvas: each worked out once, however many lie in one another. */
export function placesOf({ nodes, layout }: Pick<FlowDocument, "nodes" | "layout">): ReadonlyMap<string, Position> {
  const byId = new Map<string, { parent?: string | undefined }>(nodes.map((node) => [node.id, node]));
  const own = layout as Readonly<Record<string, Position>>;
  const places = new Map<string, Position>();
  const placed = (id: string, within: readonly string[]): Position => {
    const known = places.get(id);
    if (known) return known;
    const { x, y } = own[id] ?? { x: 0, y: 0 };
    const parent = byId.get(id)?.parent;
    const base = parent === undefined || within.includes(parent) ? { x: 0, y: 0 } : placed(parent, [...within, id]);
    const place = { x: base.x + x, y: base.y + y };
    places.set(id, place);
    return place;
  };
  for (const { id } of nodes) placed(id, [id]);
  return places;
}

/** The innermost node under a point that holds others; not one of those that are left out, nor anything in them. */
export function frameAt(drawn: Drawn, point: Position, leftOut: ReadonlySet<string> = new Set()): NodeId | null {
  const closed = drawn.folded?.size ? new Set([...leftOut, ...drawn.folded]) : leftOut;
  const { nodes } = drawn.document;
  const byId = new Map(nodes.map((node) => [node.id as string, node]));
  const sizes = frameSizes(drawn);
  const places = placesOf(drawn.document);
  let found: { id: NodeId; area: number } | null = null;
  for (const { id } of nodes) {
    const size = sizes.get(id);
    if (!size || isWithin(byId, id, closed)) continue;
    const at = places.get(id) ?? { x: 0, y: 0 };
    const over = point.x >= at.x && point.x <= at.x + size.width && point.y >= at.y && point.y <= at.y + size.height;
    const area = size.width * size.height;
    if (over && (!found || area < found.area)) found = { id, area };
  }
  return found?.id ?? null;
}

function isWithin(
  byId: ReadonlyMap<string, { parent?: string | undefined }>,
  id: string,
  outer: ReadonlySet<string>,
): boolean {
  const seen = new Set<string>();
  for (let each: string | undefined = id; each !== undefined && !seen.has(each); each = byId.get(each)?.parent) {
    if (outer.has(each)) return true;
    seen.add(each);
  }
  return false;
}
