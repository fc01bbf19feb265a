import { expect, test } from "vitest";
import type { NodeId } from "@/flows/basics/ids";
import { emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { FOLDED_IN, FOLDED_OUT, hiddenNodes, seenWires } from "./folded";

const node = (id: string, parent?: string) => ({
  ...{ id: id as NodeId, kind: "group", title: id, settings: {} },
  ...(parent ? { parent: parent as NodeId } : {}),
});
const wire = (from: string, to: string) => ({
  from: { node: from as NodeId, output: "out" },
  to: { node: to as NodeId, input: "in" },
});
const document: FlowDocument = {
  ...emptyDocument,
  nodes: [node("a"), node("g"), node("h", "g"), node("x", "h"), node("y", "g"), node("z")],
  wires: [wire("a", "x"), wire("x", "y"), wire("y", "z"), wire("a", "z")],
};

test("what lies in a collapsed container is hidden by the outermost one", () => {
  expect([...hiddenNodes(document.nodes, new Set(["h"]))]).toEqual([["x", "h"]]);
  expect([...hiddenNodes(document.nodes, new Set(["g", "h"]))]).toEqual([
    ["h", "g"],
    ["x", "g"],
    ["y", "g"],
  ]);
});

test("wires over the edge of a collapsed container end at its card, those inside are not seen", () => {
  expect(seenWires(document, new Set())).toBe(document.wires);
  expect(seenWires(document, new Set(["g"]))).toEqual([
    { from: wire("a", "x").from, to: { node: "g", input: FOLDED_IN } },
    { from: { node: "g", output: FOLDED_OUT }, to: wire("y", "z").to },
    wire("a", "z"),
  ]);
});
