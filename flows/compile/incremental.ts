import type { NodeId } from "../basics/ids";
import { ok, type Result } from "../basics/result";
import type { FlowGraph, FlowNode } from "../graph/graph";
import type { Ports, Surroundings } from "../nodes/kind";
import { assembled, type Compiled, closeUp } from "./compile";
import type { CompileError } from "./compile-error";
import { type ReadNode, type Registry, readNode } from "./lower";
import { type Layout, layOut } from "./making";
import { patched, type Standing } from "./patch";
import { surroundingsOf } from "./place-node";
import { type Remembered, remembering } from "./remembering";

type Compiler = {
  (graph: FlowGraph): Result<Compiled, CompileError[]>;
  /** What surrounds a node of the drawing that was compiled last, whatever is wrong with it; null before there is one. */
  around(node: NodeId): Surroundings | null;
};
type Read = Result<Remembered, CompileError[]>;
type Last = { graph: FlowGraph; layout: Layout; standing: Standing };

/**
 * A compiler that remembers: after an edit only what the edit touched is read and lowered anew. It gives exactly what
 * `compile` gives. What did not change has to be the same object, as it is after `applyEdit`. [C14]
 */
export function incrementalCompiler(registry: Registry): Compiler {
  const known = new WeakMap<FlowNode, Read>();
  const reader = (node: FlowNode): Read => {
    const earlier = known.get(node);
    if (earlier) return earlier;
    const read = readNode(node, registry);
    const kept: Read = read.ok ? ok(remembering(read.value)) : read;
    known.set(node, kept);
    return kept;
  };
  let last: Last | null = null;
  const compileNext = (graph: FlowGraph) => {
    const changed = last ? onlyChanged(last, graph, reader) : null;
    if (last && changed) {
      const quick = patchedBy(last.standing, changed);
      if (quick) {
        last = { graph, layout: changed.layout, standing: quick };
        return quick.compiled;
      }
    }
    const layout = changed?.layout ?? layOut(graph, registry, reader);
    const made = assembled(graph, registry, layout);
    const compiled = closeUp(made);
    last = { graph, layout, standing: { assembled: made, compiled } };
    return compiled;
  };
  return Object.assign(compileNext, {
    around(id: NodeId) {
      if (!last) return null;
      const { making, instance } = last.standing.assembled;
      return surroundingsOf(making, instance, { id, node: last.layout.read.get(id) ?? null }).around;
    },
  });
}

type Changed = { layout: Layout; nodes: readonly { before: ReadNode; after: Remembered }[] };

/**
 * The layout of the last graph with some nodes read anew, when that is all that has changed: no wire, no node more or
 * less, no other place, and the same ports. Null when more has changed.
 */
function onlyChanged(
  { graph: before, layout }: Last,
  graph: FlowGraph,
  reader: (node: FlowNode) => Read,
): Changed | null {
  if (!sameDrawing(before, graph) || layout.faults.length > 0) return null;
  const nodes: Changed["nodes"][number][] = [];
  for (const [place, node] of graph.nodes.entries()) {
    const old = before.nodes[place];
    const was = layout.read.get(node.id);
    if (node === old) continue;
    if (!old || !sameButSettings(old, node)) return null;
    if (!was) continue; // a note or a group: nothing of it is compiled
    const next = reader(node);
    if (!next.ok || portNames(next.value.ports) !== portNames(was.ports)) return null;
    nodes.push({ before: was, after: next.value });
  }
  if (nodes.length === 0) return { layout, nodes };
  const read = new Map(layout.read);
  for (const { after } of nodes) read.set(after.node.id, after);
  return { layout: { ...layout, read }, nodes };
}

function sameDrawing(before: FlowGraph, after: FlowGraph): boolean {
  return before.wires === after.wires && before.flows === after.flows && before.nodes.length === after.nodes.length;
}

function sameButSettings(before: FlowNode, after: FlowNode): boolean {
  return before.id === after.id && before.kind === after.kind && before.parent === after.parent;
}

/** The standing plan with one node changed in place; itself when no node that is compiled has changed. */
function patchedBy(standing: Standing | null, { nodes }: Changed): Standing | null {
  const [only, ...others] = nodes;
  if (!standing || others.length > 0) return null;
  if (!only) return standing;
  return isRemembered(only.before) ? patched(standing, only.before, only.after) : null;
}

function isRemembered(node: ReadNode): node is Remembered {
  return "last" in node;
}

function portNames(ports: Ports | null): string {
  if (!ports) return "";
  const sides = [ports.inputs, ports.outputs, ports.inside?.inputs ?? [], ports.inside?.outputs ?? []];
  return sides.map((side) => side.map(({ name, required }) => `${name}${required}`).join()).join(";");
}
