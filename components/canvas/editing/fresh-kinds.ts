import type { NodeId } from "@/flows/basics/ids";
import type { FlowNode } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import type { Manifest } from "@/flows/plan/manifest";
import { canFlow, type Port } from "@/flows/types/port-type";
import { isKind, kindLooks } from "../../nodes/kind-looks";
import { addPicked, type Picked } from "../../nodes/new-node";
import { useStudio } from "../../store/studio-store";
import { askEditing } from "./ask-editing";

/** Something that could be put on the canvas, as the node that it would be. */
export type Fresh = { id: string; name: string; agent: Manifest | null; node: FlowNode; ports: Ports };

const ORIGIN = { x: 0, y: 0 };

/** Every kind and agent as a node of this flow, with its ports. Errors: rejects when the worker cannot be loaded. */
export async function freshKinds(agents: readonly Manifest[]): Promise<readonly Fresh[]> {
  const { document } = useStudio.getState();
  const hasInput = document.nodes.some(({ kind }) => kind === "input");
  const picks: Picked[] = [
    ...Object.keys(kindLooks).flatMap((kind): Picked[] =>
      isKind(kind) && kind !== "agent" && !(kind === "input" && hasInput) ? [{ kind }] : [],
    ),
    ...agents.map((agent): Picked => ({ kind: "agent", agent })),
  ];
  const made = picks.map((pick) => {
    const { node } = addPicked(document, pick, { position: ORIGIN, parent: null });
    const id = pick.kind === "agent" ? pick.agent.agent : pick.kind;
    const agent = pick.kind === "agent" ? pick.agent : null;
    return { id, name: agent?.title ?? kindLooks[pick.kind].name, agent, node };
  });
  // Many of them would get the same id in this flow, since only one of them will be added.
  const nodes = made.map(({ node }, place) => ({ ...node, id: `${place}` as NodeId }));
  const ports = await askEditing({ say: "ports", nodes, manifests: agents });
  return made.flatMap((each, place) => {
    const own = ports[`${place}`];
    return own ? [{ ...each, ports: own }] : [];
  });
}

/** The port of a new node that a wire from `port` fits best: the same type before one that only may fit. */
export function portFor(fresh: Fresh, port: Port, gives: boolean): Port | null {
  const theirs = gives ? fresh.ports.inputs : fresh.ports.outputs;
  const fitting = theirs.filter(({ type }) => (gives ? canFlow(port.type, type) : canFlow(type, port.type)));
  return fitting.find(({ type }) => type === port.type) ?? fitting[0] ?? null;
}
