import type { NodeId } from "@/flows/basics/ids";
import type { FlowDocument, FlowNode, Position } from "@/flows/graph/graph";
import type { Ports } from "@/flows/nodes/kind";
import type { Manifest } from "@/flows/plan/manifest";
import { type CanvasNode, type Mark, PICTURED } from "../nodes/canvas-node";
import { inFlowOrder } from "../nodes/flow-order";
import { FOLDED_IN, FOLDED_OUT, hiddenNodes } from "../nodes/folded";
import { frameSizes, type Size } from "../nodes/frames";
import { FOOTER, foldedHandles, handlesOf, heightOf, WIDTH } from "../nodes/geometry";
import { holdsNodes } from "../nodes/kind-looks";
import type { NodePorts, Problem } from "../store/compile-slice";
import type { Debugging } from "../store/debug-slice";
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
  debugging: Pick<Debugging, "breaks" | "pins">;
  /** Far out nodes have no ports in the page, and React Flow forgets where they were: coming back makes all nodes new. */
  far: boolean;
  /** The only nodes that are drawn as elements of their own; null: all. The others are in one picture, `far-nodes.tsx`. */
  shown: ReadonlySet<string> | null;
  /** Containers that are drawn as a card. */
  folded?: ReadonlySet<string>;
};

const NO_PORTS: Ports = { inputs: [], outputs: [] };
const NONE: ReadonlySet<string> = new Set();
const ORIGIN: Position = { x: 0, y: 0 };

/** The last three are the size of a node that others are drawn in, 0 of every other, and how many a card hides. */
type Facts = readonly [
  ...[FlowNode, Position, Ports, NodeRun | null, Manifest | null, number, Mark | null, boolean, boolean, boolean],
  number,
  number,
  number | null,
];

/** Draws a scene as React Flow's nodes. A node of which nothing changed stays the same object, and is not drawn again. */
export function nodeDeriver(): (scene: Scene) => CanvasNode[] {
  const ordered = flowOrderer();
  let known = new Map<string, { facts: Facts; drawn: CanvasNode }>();
  return (scene) => {
    const next: typeof known = new Map();
    const selected = new Set<string>(scene.selected);
    const counts = problemCounts(scene.problems);
    const marks = marksOf(scene.debugging);
    const layout = { ...scene.document.layout, ...scene.dragged };
    const { folded = NONE } = scene;
    const sizes = frameSizes({ document: { nodes: scene.document.nodes, layout }, ports: scene.ports, folded });
    const hidden = hiddenNodes(scene.document.nodes, folded);
    const seen = ordered(scene.document).filter(({ id }) => !hidden.has(id));
    const nodes = seen.map((node) => {
      const card = folded.has(node.id) && holdsNodes(node.kind);
      const inside = card ? [...hidden.values()].filter((around) => around === node.id).length : null;
      const facts = factsOf(scene, node, { counts, marks, selected, sizes, inside });
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

type Looked = {
  counts: ReadonlyMap<string, number>;
  marks: ReadonlyMap<string, Mark>;
  selected: ReadonlySet<string>;
  sizes: ReadonlyMap<string, Size>;
  inside: number | null;
};

function factsOf(scene: Scene, node: FlowNode, { counts, marks, selected, sizes, inside }: Looked): Facts {
  const layout = scene.document.layout as Readonly<Record<string, Position>>;
  return [
    node,
    scene.dragged[node.id] ?? layout[node.id] ?? ORIGIN,
    scene.ports[node.id] ?? NO_PORTS,
    scene.nodeRuns[node.id] ?? null,
    scene.agents.get(String(node.settings.agent ?? "")) ?? null,
    counts.get(node.id) ?? 0,
    marks.get(node.id) ?? null,
    selected.has(node.id),
    scene.far,
    scene.shown !== null && !scene.shown.has(node.id),
    sizes.get(node.id)?.width ?? 0,
    sizes.get(node.id)?.height ?? 0,
    inside,
  ];
}

function draw(facts: Facts): CanvasNode {
  const [node, position, ports, run, agent, problems, mark, selected, , pictured, ...sized] = facts;
  const [frameWidth, frameHeight, folded] = sized;
  const width = frameWidth || WIDTH;
  const height = frameHeight || heightOf(ports) + (run ? FOOTER : 0);
  const attributes = { "data-status": run?.status ?? "idle", "aria-roledescription": `${node.kind} node` };
  return {
    id: node.id,
    type: pictured ? PICTURED : node.kind,
    position,
    ...(node.parent ? { parentId: node.parent } : {}),
    width,
    height,
    measured: { width, height },
    handles: [
      ...handlesOf(folded === null ? ports : { ...ports, inside: { inputs: [], outputs: [] } }, width),
      ...(folded === null ? [] : foldedHandles(ports, { in: FOLDED_IN, out: FOLDED_OUT })),
    ],
    selected,
    ariaLabel: node.title,
    domAttributes: attributes,
    data: { node, ports, agent, run, problems, mark, folded },
  };
}

/** In the order of the flow, which is that of Tab; React Flow too wants a node before those that are drawn in it. */
function flowOrderer(): (document: FlowDocument) => readonly FlowNode[] {
  let known: { nodes: FlowDocument["nodes"]; wires: FlowDocument["wires"]; ordered: readonly FlowNode[] } | null = null;
  return ({ nodes, wires }) => {
    if (known?.nodes !== nodes || known.wires !== wires)
      known = { nodes, wires, ordered: inFlowOrder({ nodes, wires }) };
    return known.ordered;
  };
}

/** A node whose output is given is not executed, so that a stop at it counts for nothing. */
function marksOf({ breaks, pins }: Scene["debugging"]): ReadonlyMap<string, Mark> {
  return new Map([
    ...breaks.map(({ node }) => [node as string, "stop"] as const),
    ...pins.map(({ node }) => [node as string, "pin"] as const),
  ]);
}

function problemCounts(problems: readonly Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of problems.flatMap(({ nodes }) => nodes)) counts.set(node, (counts.get(node) ?? 0) + 1);
  return counts;
}
