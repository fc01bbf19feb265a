import type { NodeId } from "@/flows/basics/ids";
import type { FlowDocument, FlowNode, Position } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import type { Manifest } from "@/flows/plan/manifest";
import type { CanvasNode } from "../nodes/canvas-node";
import { FOOTER, handlesOf, heightOf, WIDTH } from "../nodes/geometry";
import type { NodePorts, Problem } from "../store/compile-slice";
import type { NodeRun } from "../store/run-slice";

export type Scene = {
  document: FlowDocument;
  ports: NodePorts;
  problems: readonly Problem[];
  nodeRuns: Readonly<Record<string, NodeRun>>;
  selected: readonly NodeId[];
  /** Where nodes are while they are being dragged. */
  dragged: Readonly<Record<string, Position>>;
  agents: ReadonlyMap<string, Manifest>;
  /** Far out nodes have no ports in the page, and React Flow forgets where they were: coming back makes all nodes new. */
  far: boolean;
};

const NO_PORTS: Ports = { inputs: [], outputs: [] };
const ORIGIN: Position = { x: 0, y: 0 };

type Facts = readonly [FlowNode, Position, Ports, NodeRun | null, Manifest | null, number, boolean, boolean];

/** Draws a scene as React Flow's nodes. A node of which nothing changed stays the same object, and is not drawn again. */
export function nodeDeriver(): (scene: Scene) => CanvasNode[] {
  let known = new Map<string, { facts: Facts; drawn: CanvasNode }>();
  return (scene) => {
    const next: typeof known = new Map();
    const selected = new Set<string>(scene.selected);
    const counts = problemCounts(scene.problems);
    const nodes = scene.document.nodes.map((node) => {
      const facts = factsOf(scene, node, { counts, selected });
      const before = known.get(node.id);
      const same = before && facts.every((fact, place) => fact === before.facts[place]);
      const kept = same ? before : { facts, drawn: draw(facts) };
      next.set(node.id, kept);
      return kept.drawn;
    });
    known = next;
    return nodes;
  };
}

type Looked = { counts: ReadonlyMap<string, number>; selected: ReadonlySet<string> };

function factsOf(scene: Scene, node: FlowNode, { counts, selected }: Looked): Facts {
  const layout = scene.document.layout as Readonly<Record<string, Position>>;
  return [
    node,
    scene.dragged[node.id] ?? layout[node.id] ?? ORIGIN,
    scene.ports[node.id] ?? NO_PORTS,
    scene.nodeRuns[node.id] ?? null,
    scene.agents.get(String(node.settings.agent ?? "")) ?? null,
    counts.get(node.id) ?? 0,
    selected.has(node.id),
    scene.far,
  ];
}

function draw([node, position, ports, run, agent, problems, selected]: Facts): CanvasNode {
  const height = heightOf(ports) + (run ? FOOTER : 0);
  const attributes = { "data-status": run?.status ?? "idle", "aria-roledescription": `${node.kind} node` };
  return {
    id: node.id,
    type: node.kind,
    position,
    width: WIDTH,
    height,
    measured: { width: WIDTH, height },
    handles: handlesOf(ports),
    selected,
    ariaLabel: node.title,
    domAttributes: attributes,
    data: { node, ports, agent, run, problems },
  };
}

function problemCounts(problems: readonly Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of problems.flatMap(({ nodes }) => nodes)) counts.set(node, (counts.get(node) ?? 0) + 1);
  return counts;
}
