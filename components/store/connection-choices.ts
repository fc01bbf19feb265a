import { sameWire } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode, Wire } from "@/flows/graph/graph";
import type { Port } from "@/flows/types/port-type";
import type { NodePorts } from "./compile-slice";
import { explainEdit } from "./edit-words";
import { explainCircle, explainMismatch, inputsOf, outputsOf, reachedFrom } from "./judge-connection";

type Scene = { document: FlowDocument; ports: NodePorts };

/** One wire that could be asked for: `why` says why it cannot be drawn, and is null where it can. */
export type ConnectionChoice = { wire: Wire; title: string; port: Port; present: boolean; why: string | null };

/**
 * Every output, beside what `judgeConnection` says of a wire from it to one input; the wire that the input has now gives
 * way. One walk over the wires serves all: judging each alone takes a minute in a flow of a thousand nodes.
 */
export function sourcesOf(scene: Scene, to: Wire["to"]): ConnectionChoice[] {
  const { document, ports } = scene;
  const isHere = (wire: Wire) => wire.to.node === to.node && wire.to.input === to.input;
  const now = document.wires.find(isHere);
  const others = document.wires.filter((wire) => !isHere(wire));
  const into = inputsOf(ports, to.node).find(({ name }) => name === to.input);
  const target = document.nodes.find(({ id }) => id === to.node);
  const fed = reachedFrom(to.node, others, "forward");

  function why(node: FlowNode, port: Port): string | null {
    if (node.id === to.node) return explainEdit(document, { code: "wire_to_itself", node: to.node });
    const mismatch = into ? explainMismatch(port, into) : null;
    const circle = fed.has(node.id) && target !== undefined && areFree(node, target);
    return mismatch ?? (circle ? explainCircle(node.title, target.title) : null);
  }
  return document.nodes.flatMap((node) =>
    outputsOf(ports, node.id).map((port) => {
      const wire: Wire = { from: { node: node.id, output: port.name }, to };
      const present = now !== undefined && sameWire(now, wire);
      return { wire, title: node.title, port, present, why: present ? null : why(node, port) };
    }),
  );
}

/** Every input, beside what `judgeConnection` says of a wire to it from one output. */
export function targetsOf(scene: Scene, from: Wire["from"]): ConnectionChoice[] {
  const { document, ports } = scene;
  const out = outputsOf(ports, from.node).find(({ name }) => name === from.output);
  const source = document.nodes.find(({ id }) => id === from.node);
  const feeding = reachedFrom(from.node, document.wires, "back");
  const byEnd = new Map(document.wires.map((wire) => [`${wire.to.node}/${wire.to.input}`, wire]));

  function why(node: FlowNode, port: Port, taken: boolean): string | null {
    if (node.id === from.node) return explainEdit(document, { code: "wire_to_itself", node: node.id });
    if (taken) return explainEdit(document, { code: "input_taken", node: node.id, input: port.name });
    const mismatch = out ? explainMismatch(out, port) : null;
    const circle = feeding.has(node.id) && source !== undefined && areFree(node, source);
    return mismatch ?? (circle ? explainCircle(source.title, node.title) : null);
  }
  return document.nodes.flatMap((node) =>
    inputsOf(ports, node.id).map((port) => {
      const wire: Wire = { from, to: { node: node.id, input: port.name } };
      const other = byEnd.get(`${node.id}/${port.name}`);
      const present = other !== undefined && sameWire(other, wire);
      const refusal = present ? "These two are connected already." : why(node, port, other !== undefined);
      return { wire, title: node.title, port, present, why: refusal };
    }),
  );
}

/** Between a container and what is in it a wire may go both ways; the compiler says when that cannot be. */
const areFree = (a: FlowNode, b: FlowNode) => a.parent === undefined && b.parent === undefined;
