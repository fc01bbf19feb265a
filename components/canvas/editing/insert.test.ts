import { expect, test } from "vitest";
import type { NodeId } from "@/flows/basics/ids";
import { sampleManifests } from "@/flows/examples/sample-manifests";
import { samples } from "@/flows/examples/samples";
import { applyEdit, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";
import { answerCompile } from "../answer-compile";
import { boxesOf } from "./boxes";
import { insertNew, wireUnder } from "./insert";

const portsOf = (document: FlowDocument) => answerCompile(document, sampleManifests).ports;
const approval: FlowNode = {
  ...{ id: "gate" as NodeId, kind: "approval", title: "Gate" },
  settings: { question: "May this go on?", approvers: ["@starter"], timeoutMs: 86_400_000 },
};
const fresh = (node: FlowNode) => {
  const ports = portsOf({ version: 1, nodes: [node], wires: [], layout: {} } as unknown as FlowDocument)[node.id];
  if (!ports) throw new Error("no ports");
  return { node, ports };
};

function after(document: FlowDocument, edits: readonly FlowEdit[]) {
  return edits.reduce((drawn, edit) => {
    const next = applyEdit(drawn, edit);
    if (!next.ok) throw new Error(next.error.code);
    return next.value;
  }, document);
}

test.each(samples)(
  "a gate put into any wire of $name that takes it lies in its way, and covers no node",
  ({ document }) => {
    const ports = portsOf(document);
    const inserted = document.wires.flatMap((wire) => {
      const edits = insertNew({ document, ports }, wire, fresh(approval));
      return edits ? [{ wire, drawn: after(document, edits) }] : [];
    });
    expect(inserted.length).toBeGreaterThan(0);
    for (const { wire, drawn } of inserted) {
      expect(drawn.wires).toHaveLength(document.wires.length + 1);
      expect(drawn.wires.some(({ from, to }) => from.node === wire.from.node && to.node === "gate")).toBe(true);
      expect(drawn.wires.some(({ from, to }) => from.node === "gate" && to.node === wire.to.node)).toBe(true);
      const boxes = boxesOf({ document: drawn, ports: portsOf(drawn) });
      const [gate, start] = [boxes.get("gate"), boxes.get(wire.from.node)];
      const inside = drawn.nodes.find(({ id }) => id === "gate")?.parent === wire.from.node;
      if (gate && start && !inside) expect(gate.x).toBeGreaterThanOrEqual(start.x + start.width);
    }
  },
);

test("a node with nothing that fits is not put into a wire", () => {
  const [sample] = samples;
  const [wire] = sample?.document.wires ?? [];
  if (!sample || !wire) throw new Error("no sample");
  const note: FlowNode = { id: "note" as NodeId, kind: "note", title: "Note", settings: { text: "" } };
  expect(insertNew({ document: sample.document, ports: portsOf(sample.document) }, wire, fresh(note))).toBeNull();
});

test("of two wires under a box the one nearest to its middle is meant", () => {
  const end = (node: string) => ({
    from: { node: node as NodeId, output: "o" },
    to: { node: "z" as NodeId, input: "i" },
  });
  const curves = [
    { wire: end("a"), points: [{ x: 10, y: 5 }] },
    { wire: end("b"), points: [{ x: 50, y: 24 }] },
    { wire: end("c"), points: [{ x: 500, y: 24 }] },
  ];
  const box = { x: 0, y: 0, width: 100, height: 50 };
  expect(wireUnder(curves, box)?.from.node).toBe("b");
  expect(wireUnder(curves, { ...box, x: 200 })).toBeNull();
});
