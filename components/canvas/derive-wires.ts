import type { FlowDocument, Wire } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import type { PortType } from "@/flows/types/port-type";
import { isStandIn, seenWires } from "../nodes/folded";
import type { CanvasWire, WireRun } from "../nodes/wire-view";
import type { NodePorts, WireEnd } from "../store/compile-slice";
import type { Progress } from "../store/run-slice";

type Scene = {
  document: FlowDocument;
  ports: NodePorts;
  selected: readonly string[];
  unsure: readonly WireEnd[];
  wireRuns: Progress["wires"];
  /** Containers that are drawn as a card. */
  folded?: ReadonlySet<string>;
};

/** The wires, in the colour of the output that they start from. A wire of which nothing changed stays the same object. */
export function wireDeriver(): (scene: Scene) => CanvasWire[] {
  let known = new Map<string, CanvasWire>();
  return ({ document, ports, selected, unsure, wireRuns, folded = NONE }) => {
    const next: typeof known = new Map();
    const titles = new Map<string, string>(document.nodes.map(({ id, title }) => [id, title]));
    const chosen = new Set(selected);
    const ends = new Set(unsure.map(({ node, input }) => `${node}/${input}`));
    for (const wire of seenWires(document, folded)) {
      const key = wireKey(wire);
      const type = typeOf(ports, wire);
      const checked = ends.has(`${wire.to.node}/${wire.to.input}`);
      const label = labelOf(titles, wire) + (checked ? ", checked during the run" : "");
      const before = known.get(key);
      const run = wireRuns[key] ?? null;
      const same =
        before?.data?.type === type &&
        before.data.run === run &&
        before.selected === chosen.has(key) &&
        before.ariaLabel === label;
      next.set(
        key,
        same && before ? before : draw(wire, { key, type, label, checked, run, selected: chosen.has(key) }),
      );
    }
    known = next;
    return [...next.values()];
  };
}

const NONE: ReadonlySet<string> = new Set();

function typeOf(ports: NodePorts, { from }: Wire): PortType {
  const own = ports[from.node];
  const outputs = [...(own?.outputs ?? []), ...(own?.inside?.outputs ?? [])];
  return outputs.find(({ name }) => name === from.output)?.type ?? "unknown";
}

function labelOf(titles: ReadonlyMap<string, string>, { from, to }: Wire): string {
  const title = (id: string) => titles.get(id) ?? id;
  return `Wire from ${title(from.node)} ${from.output} to ${title(to.node)} ${to.input}`;
}

type Look = { key: string; type: PortType; label: string; checked: boolean; run: WireRun; selected: boolean };

function draw(wire: Wire, look: Look): CanvasWire {
  const { from, to } = wire;
  return {
    id: look.key,
    type: "wire",
    source: from.node,
    sourceHandle: from.output,
    target: to.node,
    targetHandle: to.input,
    selected: look.selected,
    reconnectable: look.selected, // else every wire would have two more elements in the page
    ariaLabel: look.label,
    ariaRole: "button",
    ...(isStandIn(wire) ? { selectable: false, focusable: false } : {}),
    data: { wire, type: look.type, checked: look.checked, run: look.run },
  };
}
