import type { FlowDocument, Position, Wire } from "@/flows/graph/graph";
import type { Port, PortType } from "@/flows/types/port-type";
import { HEIGHT, portTop, WIDTH } from "../nodes/geometry";
import type { NodePorts } from "../store/compile-slice";

type Scene = { document: FlowDocument; ports: NodePorts };

/** All wires of one type as one path: thousands of them cost as much as a handful of elements. */
export function drawFarWires({ document, ports }: Scene): ReadonlyMap<PortType, string> {
  const layout = document.layout as Readonly<Record<string, Position>>;
  const drawn = new Map<PortType, string[]>();
  for (const wire of document.wires) {
    const ends = endsOf(wire, { layout, ports });
    if (!ends) continue;
    const paths = drawn.get(ends.type) ?? [];
    paths.push(curve(ends.from, ends.to));
    drawn.set(ends.type, paths);
  }
  return new Map([...drawn].map(([type, paths]) => [type, paths.join("")]));
}

type Places = { layout: Readonly<Record<string, Position>>; ports: NodePorts };

function endsOf({ from, to }: Wire, { layout, ports }: Places) {
  const start = layout[from.node];
  const end = layout[to.node];
  if (!start || !end) return null;
  const outputs = ports[from.node]?.outputs ?? [];
  const inputs = ports[to.node]?.inputs ?? [];
  return {
    type: outputs.find(({ name }) => name === from.output)?.type ?? "unknown",
    from: { x: start.x + WIDTH, y: start.y + topOf(ports[from.node], outputs, from.output) },
    to: { x: end.x, y: end.y + topOf(ports[to.node], inputs, to.input) },
  };
}

function topOf(ports: NodePorts[string] | undefined, side: readonly Port[], name: string): number {
  const place = side.findIndex((port) => port.name === name);
  return ports && place >= 0 ? portTop(ports, side, place) : HEIGHT / 2;
}

function curve(from: Position, to: Position): string {
  const bend = Math.max(40, Math.abs(to.x - from.x) / 2);
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}
