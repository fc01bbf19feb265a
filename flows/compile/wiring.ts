import type { NodeId } from "../basics/ids";
import type { FlowGraph, Wire } from "../graph/graph";
import { canFlow, type Port, type PortType } from "../types/port-type";
import type { CompileError } from "./compile-error";
import type { ReadNode } from "./lower";

export type End = { node: NodeId; output: string };

/** What stands where: for each node, which output feeds each of its inputs, and which outputs go somewhere. */
export type Wiring = {
  into: ReadonlyMap<NodeId, ReadonlyMap<string, End>>;
  outOf: ReadonlyMap<NodeId, ReadonlySet<string>>;
  faults: readonly CompileError[];
};

/**
 * Follows every wire to the ports at its ends. A node that could not be read keeps its wires without complaint:
 * one broken node is one fault, not one for every wire. [C1]
 */
export function followWires(graph: FlowGraph, read: ReadonlyMap<NodeId, ReadNode>): Wiring {
  const into = new Map<NodeId, Map<string, End>>(graph.nodes.map(({ id }) => [id, new Map()]));
  const outOf = new Map<NodeId, Set<string>>(graph.nodes.map(({ id }) => [id, new Set()]));
  const faults: CompileError[] = [];
  for (const { from, to } of inOrder(graph.wires)) {
    const inputs = into.get(to.node);
    if (!inputs) faults.push({ code: "wire_lost", node: from.node, end: "to", port: `${to.node}.${to.input}` });
    else if (!outOf.has(from.node))
      faults.push({ code: "wire_lost", node: to.node, end: "from", port: `${from.node}.${from.output}` });
    else if (inputs.has(to.input)) faults.push({ code: "input_taken", node: to.node, input: to.input });
    else {
      inputs.set(to.input, from);
      outOf.get(from.node)?.add(from.output);
    }
  }
  return { into, outOf, faults: [...faults, ...lostPorts({ into, read }), ...mismatches({ into, read })] };
}

type Followed = { into: ReadonlyMap<NodeId, ReadonlyMap<string, End>>; read: ReadonlyMap<NodeId, ReadNode> };

function* lostPorts({ into, read }: Followed): Generator<CompileError> {
  for (const [node, inputs] of into)
    for (const [input, from] of inputs) {
      const target = read.get(node)?.ports;
      const source = read.get(from.node)?.ports;
      if (target && !portNamed(target.inputs, input)) yield { code: "wire_lost", node, end: "to", port: input };
      if (source && !portNamed(source.outputs, from.output))
        yield { code: "wire_lost", node: from.node, end: "from", port: from.output };
    }
}

function* mismatches(followed: Followed): Generator<CompileError> {
  for (const [node, inputs] of followed.into)
    for (const [input, end] of inputs) {
      const port = portNamed(followed.read.get(node)?.ports?.inputs ?? [], input);
      const from = typeBehind(followed, end, new Set());
      if (port && !canFlow(from, port.type)) yield { code: "wire_mismatched", node, input, from, to: port.type };
    }
}

/** An output without a type of its own passes on the type of what comes in, when only one thing does. [T2] */
function typeBehind(followed: Followed, { node, output }: End, seen: Set<NodeId>): PortType {
  const port = portNamed(followed.read.get(node)?.ports?.outputs ?? [], output);
  if (port?.type !== "unknown" || seen.has(node)) return port?.type ?? "unknown";
  const [only, ...others] = followed.into.get(node)?.values() ?? [];
  return only && others.length === 0 ? typeBehind(followed, only, seen.add(node)) : "unknown";
}

function portNamed(ports: readonly Port[], name: string): Port | undefined {
  return ports.find((port) => port.name === name);
}

/** Wires in an order of their own, so that faults and plans do not depend on when they were drawn. [C2] */
function inOrder(wires: readonly Wire[]): Wire[] {
  const key = ({ from, to }: Wire) => `${to.node}/${to.input}/${from.node}/${from.output}`;
  return wires
    .map((wire) => ({ wire, key: key(wire) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ wire }) => wire);
}
