import { getBezierPath, Position as Side } from "@xyflow/react";
import type { NodeId } from "@/flows/basics/ids";
import type { Position, Wire } from "@/flows/graph/graph";
import { withAllInside } from "@/flows/graph/inside";
import { hiddenNodes } from "../../nodes/folded";
import { portTop } from "../../nodes/geometry";
import { titleOf } from "../../store/edit-words";
import { portJudge, withoutWire } from "../../store/judge-ports";
import { useStudio } from "../../store/studio-store";
import type { Aids, Places } from "./aids";
import { type Box, boxesOf } from "./boxes";
import { isWiredTo, throughNode, wireUnder } from "./insert";
import { lightPorts } from "./light-ports";
import { type Lines, linesOf, snapTo } from "./snap";
import { useGoing } from "./wire-state";

const REACH = 6;

type Seen = { canvas: HTMLElement; zoom(): number; visible(): Box };
type Curve = { wire: Wire; points: readonly Position[] };
type Drag = {
  boxes: ReadonlyMap<string, Box>;
  lines: Lines;
  curves: readonly Curve[];
  /** Whether the node could be put into a wire; worked out for those alone that it is dragged over. */
  takes(wire: Wire): boolean;
  held: { alt: boolean };
  stop(): void;
};

/** What helps while nodes and wires are dragged. Whatever can be known at the beginning of a drag is worked out then. */
export function startAids({ canvas, zoom, visible }: Seen): Aids & { stop(): void } {
  let putOut = () => {};
  let drag: Drag | null = null;

  return {
    wireFrom(from, instead) {
      putOut();
      putOut = () => {};
      if (from) putOut = lightPorts(canvas, portJudge(withoutWire(useStudio.getState(), instead ?? null), from));
      useGoing.setState({ from, instead: instead ?? null });
    },
    wireIsFrom: () => useGoing.getState().from,
    wireDropped: (from, at) => useGoing.setState({ dropped: { from, at } }),
    dragBegan(nodes) {
      drag?.stop();
      drag = beginDrag(nodes, visible());
    },
    dragged(to) {
      if (!drag) return to;
      const boxes = movedBoxes(drag.boxes, to);
      const snapped = drag.held.alt ? { x: 0, y: 0, guides: [] } : snapTo(drag.lines, boxes, REACH / zoom());
      const [only, ...others] = boxes;
      const at = only && others.length === 0 ? { ...only, x: only.x + snapped.x, y: only.y + snapped.y } : null;
      const over = at ? wireUnder(drag.curves, at) : null;
      const under = over && drag.takes(over) ? over : null;
      if (under !== useGoing.getState().under || snapped.guides.length + useGoing.getState().guides.length > 0)
        useGoing.setState({ guides: snapped.guides, under });
      return moved(to, snapped);
    },
    dropped(to) {
      const under = useGoing.getState().under;
      drag?.stop();
      drag = null;
      useGoing.setState({ guides: [], under: null });
      const [node] = Object.keys(to);
      return under && node ? putInto(under, node as NodeId, to) : null;
    },
    stop() {
      putOut();
      drag?.stop();
    },
  };
}

function putInto(wire: Wire, node: NodeId, to: Places) {
  const { document, ports } = useStudio.getState();
  const through = throughNode({ document, ports }, wire, node);
  if (!through) return null;
  const name = `Insert ${titleOf(document, node)} after ${titleOf(document, wire.from.node)}`;
  return { edits: [{ edit: "move_nodes" as const, to }, ...through], name };
}

function beginDrag(nodes: readonly NodeId[], visible: Box): Drag {
  const { document, ports, folded } = useStudio.getState();
  const scene = { document, ports, folded };
  const boxes = boxesOf(scene);
  const hidden = hiddenNodes(document.nodes, folded);
  const moving = withAllInside(document.nodes, nodes);
  const around = new Set(document.nodes.filter(({ id }) => moving.has(id)).map(({ parent }) => parent));
  const others = [...boxes].filter(
    ([id, box]) => !moving.has(id) && !hidden.has(id) && !around.has(id as NodeId) && touch(box, visible),
  );
  const [only] = nodes;
  const loose = nodes.length === 1 && only && !isWiredTo(document.wires, only) ? only : null;
  const parents = new Map(document.nodes.map(({ id, parent }) => [id, parent]));
  const parent = loose ? parents.get(loose) : undefined;
  const beside = ({ from, to }: Wire) => parents.get(from.node) === parent && parents.get(to.node) === parent;
  const curves = loose
    ? document.wires.filter(beside).map((wire): Curve => ({ wire, points: curveOf(wire, boxes) }))
    : [];
  const taken = new Map<Wire, boolean>();
  const takes = (wire: Wire) => {
    const known = taken.get(wire) ?? (loose !== null && throughNode(scene, wire, loose) !== null);
    taken.set(wire, known);
    return known;
  };
  const held = { alt: false };
  const gone = new AbortController();
  const look = (event: PointerEvent | KeyboardEvent) => {
    held.alt = event.altKey;
  };
  for (const name of ["pointermove", "keydown", "keyup"] as const)
    window.addEventListener(name, look, { capture: true, passive: true, signal: gone.signal });
  return { boxes, lines: linesOf(others.map(([, box]) => box)), curves, takes, held, stop: () => gone.abort() };
}

const WEIGHTS = [1, 3, 3, 1] as const;

/** A dozen points of a wire as it is drawn. */
function curveOf({ from, to }: Wire, boxes: ReadonlyMap<string, Box>): readonly Position[] {
  const [start, end] = [boxes.get(from.node), boxes.get(to.node)];
  if (!start || !end) return [];
  const { ports } = useStudio.getState();
  const top = (node: string, side: "inputs" | "outputs", name: string) => {
    const own = ports[node];
    return own
      ? portTop(
          own,
          side,
          Math.max(
            0,
            own[side].findIndex((port) => port.name === name),
          ),
        )
      : 0;
  };
  const a = { x: start.x + start.width, y: start.y + top(from.node, "outputs", from.output) };
  const b = { x: end.x, y: end.y + top(to.node, "inputs", to.input) };
  const bezier = { sourceX: a.x, sourceY: a.y, targetX: b.x, targetY: b.y };
  const [path] = getBezierPath({ ...bezier, sourcePosition: Side.Right, targetPosition: Side.Left });
  const numbers = path.match(/-?[\d.]+(?:e-?\d+)?/g)?.map(Number) ?? [];
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = numbers;
  return Array.from({ length: 13 }, (_, step) => {
    const t = step / 12;
    const at = (points: readonly [number, number, number, number]) =>
      points.reduce((sum, point, power) => sum + WEIGHTS[power as 0] * (1 - t) ** (3 - power) * t ** power * point, 0);
    return { x: at([x0, x1, x2, x3]), y: at([y0, y1, y2, y3]) };
  });
}

const touch = (a: Box, b: Box) =>
  a.x <= b.x + b.width && a.x + a.width >= b.x && a.y <= b.y + b.height && a.y + a.height >= b.y;

/** Places are counted from the container, boxes from the canvas: what was moved has moved by the same in both. */
function movedBoxes(boxes: ReadonlyMap<string, Box>, to: Places): readonly Box[] {
  const layout = useStudio.getState().document.layout as Places;
  return Object.entries(to).flatMap(([id, { x, y }]) => {
    const box = boxes.get(id);
    const was = layout[id] ?? { x: 0, y: 0 };
    return box ? [{ ...box, x: box.x + x - was.x, y: box.y + y - was.y }] : [];
  });
}

const moved = (to: Places, by: Position): Places =>
  Object.fromEntries(
    Object.entries(to).map(([id, { x, y }]) => [id, { x: Math.round(x + by.x), y: Math.round(y + by.y) }]),
  );
