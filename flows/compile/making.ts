import type { Digest, NodeId } from "../basics/ids";
import type { FlowGraph, PinnedFlow } from "../graph/graph";
import type { Trigger } from "../plan/around";
import type { Step } from "../plan/plan";
import type { Gate } from "../plan/sources";
import type { ObjectSchema } from "../types/agent-manifest";
import type { CompileError } from "./compile-error";
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
  const faults: CompileError[] = [];
  const scopes = findScopes(graph.nodes, registry.kinds);
  const read = new Map<NodeId, ReadNode>();
  const seen = new Set<NodeId>();
  for (const node of graph.nodes) {
    if (seen.has(node.id)) faults.push({ code: "node_repeated", node: node.id });
    seen.add(node.id);
  }
  for (const node of scopes.nodes) {
    const answer = reader ? reader(node) : readNode(node, registry);
    if (answer.ok) read.set(node.id, answer.value);
    else faults.push(...answer.error);
  }
  const wiring = followWires(graph.wires, { scopes, read });
  const order = orderNodes(scopes, graph.wires);
  faults.push(...scopes.faults, ...wiring.faults, ...order.faults);
  return { scopes, read, wiring, bodies: order.bodies, faults };
}
