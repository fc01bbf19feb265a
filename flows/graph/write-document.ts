import type { FlowDocument, FlowNode, PinnedFlow, Wire } from "./graph";
import { UNSTORABLE } from "./plain-json";

/**
 * The text of a `*.flow.json`: the known parts in one order, so that two versions of a flow differ only where it changed.
 * Settings keep the order they are in: in a form the order of `properties` is the order of the fields, which people see.
 * What is written reads back as the same document. [G5]
 */
export function writeDocument(document: FlowDocument): string {
  const { version, nodes, wires, layout, flows } = document;
  const ordered = {
    version,
    ...graphInOrder({ nodes, wires }),
    layout: Object.fromEntries(nodes.flatMap(({ id }) => placeInOrder(id, layout))),
    ...(flows === undefined ? {} : { flows: flowsInOrder(flows) }),
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

/** The name of the file that a flow is kept in: its own name, without what file systems refuse. */
export function documentFileName(flow: string): string {
  const name = flow
    .replaceAll(/[^\p{L}\p{N} ._()-]/gu, "")
    .trim()
    .replace(/^\.+/, "");
  return `${name || "flow"}.flow.json`;
}

/** The name of the flow that is kept in a file. */
export function flowNameOf(file: string): string {
  const name = file
    .replace(/(?:[.]flow)?[.]json$/i, "")
    .trim()
    .slice(0, 80);
  // A letter of two halves may have been cut in two.
  return name.replaceAll(UNSTORABLE, "") || "Imported flow";
}

function graphInOrder({ nodes, wires }: PinnedFlow) {
  return { nodes: nodes.map(nodeInOrder), wires: wires.map(wireInOrder) };
}

function nodeInOrder({ id, kind, title, parent, settings }: FlowNode) {
  return { id, kind, title, ...(parent === undefined ? {} : { parent }), settings };
}

function wireInOrder({ from, to }: Wire) {
  return { from: { node: from.node, output: from.output }, to: { node: to.node, input: to.input } };
}

function placeInOrder(id: FlowNode["id"], layout: FlowDocument["layout"]) {
  const place = Object.hasOwn(layout, id) ? layout[id] : undefined;
  return place ? [[id, { x: place.x, y: place.y }] as const] : [];
}

function flowsInOrder(flows: NonNullable<FlowDocument["flows"]>) {
  const entries = Object.entries(flows).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([digest, flow]) => [digest, graphInOrder(flow)]));
}
