import type { FlowDocument, Position, Wire } from "@/flows/graph/graph";
import type { PortType } from "@/flows/types/port-type";
import { seenWires } from "../nodes/folded";
import { frameSizes, placesOf, type Size } from "../nodes/frames";
import { HEIGHT, isLeft, portsOn, portTop, type Side, WIDTH } from "../nodes/geometry";
import type { NodePorts } from "../store/compile-slice";

type Scene = { document: FlowDocument; ports: NodePorts; folded?: ReadonlySet<string> };

/** All wires of one type as one path: thousands of them cost as much as a handful of elements. */
export function drawFarWires({ document, ports, folded = NONE }: Scene): ReadonlyMap<PortType, string> {
  const nested = document.nodes.some(({ parent }) => parent !== undefined);
  const places = placesOf(document);
  const placeOf = (id: string) => (id in document.layout ? places.get(id) : undefined);
  const sizes = nested ? frameSizes({ document, ports, folded }) : new Map<string, Size>();
  const drawn = new Map<PortType, string[]>();
  for (const wire of seenWires(document, folded)) {
    const ends = endsOf(wire, { placeOf, ports, sizes });
    if (!ends) continue;
    const paths = drawn.get(ends.type) ?? [];
    paths.push(curve(ends.from, ends.to));
    drawn.set(ends.type, paths);
  }
  return new Map([...drawn].map(([type, paths]) => [type, paths.join("")]));
}

const NONE: ReadonlySet<string> = new Set();

type Places = { placeOf(id: string): Position | undefined; ports: NodePorts; sizes: ReadonlyMap<string, Size> };

function endsOf({ from, to }: Wire, { placeOf, ports, sizes }: Places) {
  const [start, end] = [placeOf(from.node), placeOf(to.node)];
  if (!start || !end) return null;
  const out = socketOf(ports[from.node], ["outputs", "insideOutputs"], from.output);
  const into = socketOf(ports[to.node], ["inputs", "insideInputs"], to.input);
  return {
    type: out?.type ?? "unknown",
    from: { x: start.x + edgeOf(out?.side ?? "outputs", sizes.get(from.node)), y: start.y + (out?.top ?? HEIGHT / 2) },
    to: { x: end.x + edgeOf(into?.side ?? "inputs", sizes.get(to.node)), y: end.y + (into?.top ?? HEIGHT / 2) },
  };
}

function edgeOf(side: Side, frame: Size | undefined): number {
  return isLeft(side) ? 0 : (frame?.width ?? WIDTH);
}

function socketOf(ports: NodePorts[string] | undefined, sides: readonly Side[], name: string) {
  for (const side of ports ? sides : []) {
    const place = ports ? portsOn(ports, side).findIndex((port) => port.name === name) : -1;
    if (ports && place >= 0) return { side, type: portsOn(ports, side)[place]?.type, top: portTop(ports, side, place) };
  }
  return null;
}

function curve(from: Position, to: Position): string {
  const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}
