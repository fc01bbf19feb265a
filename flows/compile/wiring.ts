import type { NodeId } from "../basics/ids";
import type { Wire } from "../graph/graph";
import { wiresInOrder } from "../graph/meaning";
import type { Ports } from "../nodes/kind";
import type { Port } from "../types/port-type";
import { type CompileError, MOST_FAULTS } from "./compile-error";
import type { ReadNode } from "./lower";
import { around, type Scopes } from "./scopes";

export type End = { node: NodeId; output: string };

/** What stands where: for each node, which output feeds each of its inputs, and which outputs go somewhere. */
export type Wiring = {
  into: ReadonlyMap<NodeId, ReadonlyMap<string, End>>;
  outOf: ReadonlyMap<NodeId, ReadonlySet<string>>;
  faults: readonly CompileError[];
};

type Followed = { scopes: Scopes; read: ReadonlyMap<NodeId, ReadNode> };

/**
 * Follows every wire to the ports at its ends. A node that could not be read keeps its wires without complaint: one
 * broken node is one fault, not one for every wire. [C1] A wire leaves a container only through its own outputs. [C8]
 */
export function followWires(wires: readonly Wire[], followed: Followed): Wiring {
  const { containerOf } = followed.scopes;
  const into = new Map<NodeId, Map<string, End>>();
  const outOf = new Map<NodeId, Set<string>>();
  const faults: CompileError[] = [];
  for (const wire of wiresInOrder(wires)) {
    if (faults.length > MOST_FAULTS) break;
    const { from, to } = wire;
    const fault = faultOf(wire, followed, into.get(to.node)?.has(to.input) ?? false);
    if (fault) faults.push(fault);
    if (!containerOf.has(from.node) || !containerOf.has(to.node) || fault?.code === "wire_crosses") continue;
    const inputs = into.get(to.node) ?? new Map<string, End>();
    if (!inputs.has(to.input)) into.set(to.node, inputs.set(to.input, from));
    outOf.set(from.node, (outOf.get(from.node) ?? new Set()).add(from.output));
  }
  return { into, outOf, faults };
}

function faultOf({ from, to }: Wire, { scopes, read }: Followed, taken: boolean): CompileError | null {
  const { containerOf } = scopes;
  if (!containerOf.has(to.node))
    return { code: "wire_lost", node: from.node, end: "to", port: `${to.node}.${to.input}` };
  if (!containerOf.has(from.node))
    return { code: "wire_lost", node: to.node, end: "from", port: `${from.node}.${from.output}` };
  if (taken) return { code: "input_taken", node: to.node, input: to.input };
  const crossed = crossing(scopes, from.node, to.node);
  if (crossed) return { code: "wire_crosses", node: from.node, container: crossed, port: from.output };
  const [start, end] = [read.get(from.node)?.ports, read.get(to.node)?.ports];
  if (start && !hasPort(outputsToward(start, isIn(scopes, to.node, from.node)), from.output))
    return { code: "wire_lost", node: from.node, end: "from", port: from.output };
  if (end && !hasPort(inputsFrom(end, isIn(scopes, from.node, to.node)), to.input))
    return { code: "wire_lost", node: to.node, end: "to", port: to.input };
  return null;
}

/** The container that a wire would leave without going through one of its outputs. */
function crossing(scopes: Scopes, from: NodeId, to: NodeId): NodeId | null {
  const own = scopes.containerOf.get(from);
  if (!own || own === to || own === scopes.containerOf.get(to)) return null;
  return around(scopes, to).includes(own) ? null : own;
}

function isIn(scopes: Scopes, node: NodeId, container: NodeId): boolean {
  return node !== container && scopes.containerOf.get(node) !== null && around(scopes, node).includes(container);
}

function outputsToward(ports: Ports, inside: boolean): readonly Port[] {
  return inside ? (ports.inside?.outputs ?? []) : ports.outputs;
}

/** Only what is drawn directly in a container goes to its inside inputs. */
function inputsFrom(ports: Ports, inside: boolean): readonly Port[] {
  return inside ? (ports.inside?.inputs ?? []) : ports.inputs;
}

function hasPort(ports: readonly Port[], name: string): boolean {
  return ports.some((port) => port.name === name);
}
