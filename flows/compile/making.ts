import type { Digest, NodeId } from "../basics/ids";
import type { FlowGraph, PinnedFlow } from "../graph/graph";
import type { Trigger } from "../plan/around";
import type { Step } from "../plan/plan";
import type { Gate } from "../plan/sources";
import type { ObjectSchema } from "../types/agent-manifest";
import { type CompileError, MOST_FAULTS } from "./compile-error";
import type { Body, Known } from "./known";
import { type ReadNode, type Registry, readNode } from "./lower";
import { orderNodes } from "./order";
import type { SchemaTable } from "./schema-table";
import { type Container, findScopes, type Scopes } from "./scopes";
import { followWires, type Wiring } from "./wiring";

/** A wire by its end: the node and the input that it goes to. */
export type WireEnd = { node: NodeId; input: string };

/** A plan while it is made. `taken` is what each step takes, by name, with what is known of it. */
export type Making = {
  readonly registry: Registry;
  readonly flows: Readonly<Record<Digest, PinnedFlow>>;
  readonly table: SchemaTable;
  readonly steps: Step[];
  readonly taken: Map<number, ReadonlyMap<string, Known>>;
  /** The steps whose opening, or when they open, an agent or a model had a say in. */
  readonly steered: Set<number>;
  readonly errors: CompileError[];
  readonly unsure: WireEnd[];
  /** How many nodes and wires of pinned flows stand in the place of others so far. */
  readonly inlined: { parts: number };
};

/** One drawing, read and put in order. */
export type Layout = {
  scopes: Scopes;
  read: ReadonlyMap<NodeId, ReadNode>;
  wiring: Wiring;
  bodies: ReadonlyMap<Container, readonly NodeId[]>;
  faults: readonly CompileError[];
};

/**
 * One drawing at the place where its steps go: the flow itself, or a pinned flow in the place of a node. `base` are the
 * gates that its first steps wait for, `given` what comes in at its inputs; null stands for the run's own input.
 */
export type Instance = {
  readonly layout: Layout;
  readonly body: Body;
  readonly prefix: string;
  readonly node: NodeId | null;
  readonly base: readonly Gate[];
  readonly first: number;
  readonly given: ReadonlyMap<string, Known> | null;
  readonly depth: number;
  readonly known: Map<string, Known>;
  readonly results: Map<string, Known | null>;
  readonly triggers: Trigger[];
  readonly startedWith: Record<string, ObjectSchema["properties"][string]>;
  input: ObjectSchema | null;
};

export type Reader = (node: FlowGraph["nodes"][number]) => ReturnType<typeof readNode>;

/** Reads a drawing as a whole: its nodes, its bodies, its wires, and the order in which everything comes. */
export function layOut(graph: Pick<FlowGraph, "nodes" | "wires">, registry: Registry, reader?: Reader): Layout {
  const scopes = findScopes(graph.nodes, registry.kinds);
  const order = orderNodes(scopes, graph.wires);
  const faults: CompileError[] = [...repeatedNodes(graph.nodes), ...scopes.faults, ...order.faults];
  const read = new Map<NodeId, ReadNode>();
  const hopeless = isBeyondRepair({ faults });
  for (const node of hopeless ? [] : inOrderOfId(scopes.nodes)) {
    if (faults.length > MOST_FAULTS) break; // the rest counts as unread
    const answer = reader ? reader(node) : readNode(node, registry);
    if (answer.ok) read.set(node.id, answer.value);
    else faults.push(...answer.error);
  }
  const wiring = isBeyondRepair({ faults }) ? NO_WIRING : followWires(graph.wires, { scopes, read });
  faults.push(...wiring.faults);
  return { scopes, read, wiring, bodies: order.bodies, faults };
}

const NO_WIRING: Wiring = { into: new Map(), outOf: new Map(), faults: [] };

function repeatedNodes(nodes: readonly { id: NodeId }[]): CompileError[] {
  const faults: CompileError[] = [];
  const seen = new Set<NodeId>();
  for (const { id } of nodes) {
    if (seen.has(id)) faults.push({ code: "node_repeated", node: id });
    seen.add(id);
  }
  return faults;
}

/** Whether so much of a drawing is wrong that the rest is not worth a look before that is mended. */
export function isBeyondRepair({ faults }: Pick<Layout, "faults">): boolean {
  return (
    faults.length > MOST_FAULTS ||
    faults.some((fault) => fault.code === "cycle_found" && fault.stuck.length > MOST_FAULTS)
  );
}

/** The same faults are named first, whatever was drawn first. */
function inOrderOfId(nodes: Scopes["nodes"]): Scopes["nodes"] {
  return [...nodes].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
