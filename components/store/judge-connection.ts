import { applyEdit, wireKey } from "@/flows/graph/edit";
import type { FlowDocument, Wire } from "@/flows/graph/graph";
import { canFlow, type PortType } from "@/flows/types/port-type";
import type { NodePorts } from "./compile-slice";
import { explainEdit, titleOf } from "./edit-words";

/** Why a wire cannot be drawn, or null when it can. */
export function judgeConnection(scene: { document: FlowDocument; ports: NodePorts }, wire: Wire): string | null {
  const { document, ports } = scene;
  if (document.wires.some((other) => wireKey(other) === wireKey(wire))) return "These two are connected already.";
  const edited = applyEdit(document, { edit: "add_wire", wire });
  if (!edited.ok) return explainEdit(document, edited.error);
  const [start, end] = [ports[wire.from.node], ports[wire.to.node]];
  const outputs = [...(start?.outputs ?? []), ...(start?.inside?.outputs ?? [])];
  const inputs = [...(end?.inputs ?? []), ...(end?.inside?.inputs ?? [])];
  const from = outputs.find(({ name }) => name === wire.from.output);
  const to = inputs.find(({ name }) => name === wire.to.input);
  if (from && to && !canFlow(from.type, to.type))
    return `${from.title} brings ${withArticle(from.type)}; ${to.title} takes ${withArticle(to.type)}.`;
  if (leadsBack(document, wire))
    return `${titleOf(document, wire.to.node)} already leads to ${titleOf(document, wire.from.node)}: that would be a circle.`;
  return null;
}

/** Whether the end of the wire already feeds its start. Between a container and what is in it a wire may go both ways. */
function leadsBack({ nodes, wires }: FlowDocument, { from, to }: Wire): boolean {
  const nested = nodes.some(({ id, parent }) => parent !== undefined && (id === from.node || id === to.node));
  if (nested) return false; // the compiler orders bodies, and says when one cannot be
  const reached = new Set<string>([to.node]);
  for (const node of reached) for (const wire of wires) if (wire.from.node === node) reached.add(wire.to.node);
  return reached.has(from.node);
}

const withArticle = (type: PortType) => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);
