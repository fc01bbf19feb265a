import type { NodeId } from "../basics/ids";
import type { Result } from "../basics/result";
import type { FlowGraph, FlowNode } from "../graph/graph";
import type { Lowered, Ports, Surroundings } from "../nodes/kind";
import type { JsonSchema } from "../types/json-schema";
import { type Compiled, compileLaidOut } from "./compile";
import type { CompileError } from "./compile-error";
import { type ReadNode, type Registry, readNode } from "./lower";
import { type Layout, layOut } from "./making";

/**
 * A compiler that remembers: after an edit only what the edit touched is read and lowered anew. It gives exactly what
 * `compile` gives. What did not change has to be the same object, as it is after `applyEdit`. [C14]
 */
export function incrementalCompiler(registry: Registry): (graph: FlowGraph) => Result<Compiled, CompileError[]> {
  const known = new WeakMap<FlowNode, Result<ReadNode, CompileError[]>>();
  const reader = (node: FlowNode) => {
    const read = known.get(node) ?? remembering(readNode(node, registry));
    known.set(node, read);
    return read;
  };
  let last: { graph: FlowGraph; layout: Layout } | null = null;
  return (graph) => {
    const layout = (last && withChanged(last, graph, reader)) ?? layOut(graph, registry, reader);
    last = { graph, layout };
    return compileLaidOut(graph, registry, layout);
  };
}

type Reader = (node: FlowNode) => Result<ReadNode, CompileError[]>;

/**
 * The layout of the last graph with some nodes read anew, when that is all that has changed: no wire, no node more or
 * less, no other place, and the same ports. Null when more has changed.
 */
function withChanged(
  { graph: before, layout }: { graph: FlowGraph; layout: Layout },
  graph: FlowGraph,
  reader: Reader,
): Layout | null {
  if (graph.wires !== before.wires || graph.nodes.length !== before.nodes.length || layout.faults.length > 0)
    return null;
  const read = new Map<NodeId, ReadNode>(layout.read);
  for (const [place, node] of graph.nodes.entries()) {
    const old = before.nodes[place];
    if (node === old) continue;
    if (old?.id !== node.id || old.kind !== node.kind || old.parent !== node.parent) return null;
    const was = layout.read.get(node.id);
    if (!was) continue; // a note or a group: nothing of it is compiled
    const next = reader(node);
    if (!next.ok || portNames(next.value.ports) !== portNames(was.ports)) return null;
    read.set(node.id, next.value);
  }
  return { ...layout, read };
}

function portNames(ports: Ports | null): string {
  if (!ports) return "";
  const sides = [ports.inputs, ports.outputs, ports.inside?.inputs ?? [], ports.inside?.outputs ?? []];
  return sides.map((side) => side.map(({ name, required }) => `${name}${required}`).join()).join(";");
}

type Memory = {
  inputs: readonly (readonly [string, JsonSchema])[];
  outputs: string;
  named: readonly JsonSchema[];
  lowered: Result<Lowered, CompileError[]>;
};

/** Lowers a node again only when something else is wired to it. What it put into the plan's schemas it puts there again. */
function remembering(read: Result<ReadNode, CompileError[]>): Result<ReadNode, CompileError[]> {
  if (!read.ok) return read;
  const node = read.value;
  let memory: Memory | null = null;
  return {
    ok: true,
    value: {
      ...node,
      lower(around) {
        const inputs = [...around.wiredInputs];
        const outputs = [...around.wiredOutputs].join();
        if (memory && memory.outputs === outputs && sameInputs(memory.inputs, inputs)) {
          for (const schema of memory.named) around.schema(schema);
          return memory.lowered;
        }
        const named: JsonSchema[] = [];
        const noting: Surroundings = {
          ...around,
          schema(schema) {
            named.push(schema);
            return around.schema(schema);
          },
        };
        memory = { inputs, outputs, named, lowered: node.lower(noting) };
        return memory.lowered;
      },
    },
  };
}

function sameInputs(before: Memory["inputs"], now: Memory["inputs"]): boolean {
  return (
    before.length === now.length &&
    before.every(([name, schema], place) => now[place]?.[0] === name && now[place][1] === schema)
  );
}
