import { applyEdit } from "@/flows/graph/edit";
import type { FlowDocument, Wire } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import { canFlow, type Port, type PortType } from "@/flows/types/port-type";
import type { NodePorts } from "./compile-slice";
import { explainEdit, titleOf } from "./edit-words";

/** Why a wire cannot be drawn, or null when it can. */
export function judgeConnection(scene: { document: FlowDocument; ports: NodePorts }, wire: Wire): string | null {
  const { document, ports } = scene;
  if (document.wires.some((other) => wireKey(other) === wireKey(wire))) return "These two are connected already.";
  const edited = applyEdit(document, { edit: "add_wire", wire });
  if (!edited.ok) return explainEdit(document, edited.error);
  const from = outputsOf(ports, wire.from.node).find(({ name }) => name === wire.from.output);
  const to = inputsOf(ports, wire.to.node).find(({ name }) => name === wire.to.input);
  const mismatch = from && to ? explainMismatch(from, to) : null;
  if (mismatch) return mismatch;
  if (leadsBack(document, wire))
    return explainCircle(titleOf(document, wire.from.node), titleOf(document, wire.to.node));
  return null;
}

/** Why no value of one port can go into another, or null when one can. */
export function explainMismatch(from: Port, to: Port): string | null {
  if (canFlow(from.type, to.type)) return null;
  return `${from.title} brings ${withArticle(from.type)}; ${to.title} takes ${withArticle(to.type)}.`;
}

export function explainCircle(from: string, to: string): string {
  return `${to} already leads to ${from}: that would be a circle.`;
}

/** All outputs of a node, those that it gives to its inside too. */
export function outputsOf(ports: NodePorts, node: string): readonly Port[] {
  const own = ports[node];
  return own?.inside ? [...own.outputs, ...own.inside.outputs] : (own?.outputs ?? []);
}

/** All inputs of a node, those that it takes from its inside too. */
export function inputsOf(ports: NodePorts, node: string): readonly Port[] {
  const own = ports[node];
  return own?.inside ? [...own.inputs, ...own.inside.inputs] : (own?.inputs ?? []);
}

/** Whether the end of the wire already feeds its start. Between a container and what is in it a wire may go both ways. */
function leadsBack({ nodes, wires }: FlowDocument, { from, to }: Wire): boolean {
  const nested = nodes.some(({ id, parent }) => parent !== undefined && (id === from.node || id === to.node));
  if (nested) return false; // the compiler orders bodies, and says when one cannot be
  return reachedFrom(to.node, wires, "forward").has(from.node);
}

/** A node and everything that it feeds (or that feeds it), however far. */
export function reachedFrom(node: string, wires: readonly Wire[], way: "forward" | "back"): ReadonlySet<string> {
  const after = new Map<string, string[]>();
  for (const { from, to } of wires) {
    const [start, end] = way === "forward" ? [from.node, to.node] : [to.node, from.node];
    const known = after.get(start);
    if (known) known.push(end);
    else after.set(start, [end]);
  }
  const reached = new Set<string>([node]);
  for (const each of reached) for (const next of after.get(each) ?? []) reached.add(next);
  return reached;
}

const withArticle = (type: PortType) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
