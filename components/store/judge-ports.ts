import type { NodeId } from "@/flows/basics/ids";
import { sameWire } from "@/flows/graph/edit";
import type { FlowDocument, Wire } from "@/flows/graph/graph";
import { canFlow, type Port } from "@/flows/types/port-type";
import type { NodePorts } from "./compile-slice";
import { judgeConnection } from "./judge-connection";

type Scene = { document: FlowDocument; ports: NodePorts };

/** One end of a wire: an output, or an input. */
export type PortEnd = { node: NodeId; port: string; gives: boolean };

/** The wire between two ends, whichever was named first; null when both give or both take. */
export function wireBetween(a: PortEnd, b: PortEnd): Wire | null {
  if (a.gives === b.gives) return null;
  const [out, into] = a.gives ? [a, b] : [b, a];
  return { from: { node: out.node, output: out.port }, to: { node: into.node, input: into.port } };
}

/**
 * Whether a wire from one end fits another, for as many others as one likes: what leads to that end is looked up once.
 * It says yes exactly where `judgeConnection` finds no reason against it.
 */
export function portJudge({ document, ports }: Scene, from: PortEnd): (other: PortEnd) => boolean {
  const taken = new Set(document.wires.map(({ to }) => `${to.node} ${to.input}`));
  const around = reachable(document.wires, from);
  const parents = new Map(document.nodes.map(({ id, parent }) => [id, parent]));
  const type = portAt({ ports }, from)?.type;
  return (other) => {
    const wire = wireBetween(from, other);
    if (!wire || from.node === other.node || !parents.has(other.node)) return false;
    if (taken.has(`${wire.to.node} ${wire.to.input}`)) return false;
    const theirs = portAt({ ports }, other)?.type;
    if (type && theirs && !(from.gives ? canFlow(type, theirs) : canFlow(theirs, type))) return false;
    const nested = parents.get(from.node) !== undefined || parents.get(other.node) !== undefined;
    return nested || !around.has(other.node);
  };
}

/** Why two ends cannot be wired, for people; null when they can. */
export function whyNot(scene: Scene, from: PortEnd, other: PortEnd): string | null {
  const wire = wireBetween(from, other);
  if (wire) return judgeConnection(scene, wire);
  return `Both ends are ${from.gives ? "outputs" : "inputs"}. Connect an output and an input.`;
}

/** The scene without a wire, as the one that is being reconnected. */
export function withoutWire(scene: Scene, wire: Wire | null): Scene {
  if (!wire) return scene;
  const wires = scene.document.wires.filter((other) => !sameWire(other, wire));
  return { ...scene, document: { ...scene.document, wires } };
}

export function portAt({ ports }: Pick<Scene, "ports">, { node, port, gives }: PortEnd): Port | undefined {
  const own = ports[node];
  const all = gives
    ? [...(own?.outputs ?? []), ...(own?.inside?.outputs ?? [])]
    : [...(own?.inputs ?? []), ...(own?.inside?.inputs ?? [])];
  return all.find(({ name }) => name === port);
}

/** Every end that a node has, on the given side. */
export function endsOf({ ports }: Pick<Scene, "ports">, node: NodeId, gives: boolean): readonly PortEnd[] {
  const own = ports[node];
  const all = gives
    ? [...(own?.outputs ?? []), ...(own?.inside?.outputs ?? [])]
    : [...(own?.inputs ?? []), ...(own?.inside?.inputs ?? [])];
  return all.map(({ name }) => ({ node, port: name, gives }));
}

/** The nodes that lead to an output's node, or that an input's node leads to: a wire to one of them closes a circle. */
function reachable(wires: readonly Wire[], { node, gives }: PortEnd): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const { from, to } of wires) {
    const [at, on] = gives ? [to.node, from.node] : [from.node, to.node];
    next.set(at, [...(next.get(at) ?? []), on]);
  }
  const found = new Set<string>([node]);
  for (const each of found) for (const on of next.get(each) ?? []) found.add(on);
  return found;
}
