import { expect, test } from "vitest";
import type { NodeId } from "@/flows/basics/ids";
import { applyEdit, emptyDocument, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { alignEdit, distributeEdit, groupEdits, ungroupEdits } from "./arrange";
import { absolutePlaces } from "./boxes";

const ids = (text: string) => [...text] as NodeId[];

/** Nodes of 220 by 72, named by letters; `inside` says who lies in whom. */
function scene(places: Record<string, [number, number]>, inside: Record<string, string> = {}) {
  const nodes = Object.keys(places).map((id) => ({
    ...{ id: id as NodeId, title: id, settings: {} },
    kind: Object.values(inside).includes(id) ? "group" : "note",
    ...(inside[id] ? { parent: inside[id] as NodeId } : {}),
  }));
  const layout = Object.fromEntries(Object.entries(places).map(([id, [x, y]]) => [id, { x, y }]));
  const document: FlowDocument = { ...emptyDocument, nodes, layout };
  return { document, ports: {} };
}

function after(document: FlowDocument, edits: readonly FlowEdit[]): FlowDocument {
  return edits.reduce((drawn, edit) => {
    const next = applyEdit(drawn, edit);
    if (!next.ok) throw new Error(next.error.code);
    return next.value;
  }, document);
}

const seen = (document: FlowDocument) => Object.fromEntries(absolutePlaces(document));

test.each([
  ["left", { a: { x: 0, y: 0 }, b: { x: 0, y: 100 } }],
  ["centre", { a: { x: 30, y: 0 }, b: { x: 30, y: 100 } }],
  ["right", { a: { x: 60, y: 0 }, b: { x: 60, y: 100 } }],
  ["top", { a: { x: 0, y: 0 }, b: { x: 60, y: 0 } }],
  ["middle", { a: { x: 0, y: 50 }, b: { x: 60, y: 50 } }],
  ["bottom", { a: { x: 0, y: 100 }, b: { x: 60, y: 100 } }],
] as const)("aligned %s, nodes lie on one line", (edge, expected) => {
  const drawn = scene({ a: [0, 0], b: [60, 100] });
  expect(seen(after(drawn.document, [alignEdit(drawn, ids("ab"), edge)]))).toEqual(expected);
});

test("distributed, the gaps are alike and the outer two stay", () => {
  const drawn = scene({ a: [0, 0], b: [250, 40], c: [1000, 0] });
  const { a, b, c } = seen(after(drawn.document, [distributeEdit(drawn, ids("cab"), "horizontally")]));
  expect([a?.x, b?.x, c?.x]).toEqual([0, 500, 1000]);
  expect(b?.y).toBe(40);
});

test("a group is put around nodes, and taken away again, without any of them moving", () => {
  const drawn = scene({ g: [500, 500], a: [40, 100], b: [300, 200], c: [0, 0] }, { a: "g", b: "g" });
  const before = seen(drawn.document);
  const edits = groupEdits(drawn, ids("ab"), { id: "new" as NodeId, title: "Group" });
  const grouped = after(drawn.document, edits ?? []);
  expect(seen(grouped)).toMatchObject(before);
  expect(grouped.nodes.filter(({ parent }) => parent === "new").map(({ id }) => id)).toEqual(["a", "b"]);
  expect(grouped.nodes.find(({ id }) => id === "new")?.parent).toBe("g");
  const apart = after(grouped, ungroupEdits({ document: grouped, ports: {} }, ["new" as NodeId]));
  expect(seen(apart)).toEqual(before);
  expect(apart.nodes.find(({ id }) => id === "a")?.parent).toBe("g");
});

test("nodes of different containers are not grouped", () => {
  const drawn = scene({ g: [0, 0], a: [40, 100], c: [900, 0] }, { a: "g" });
  expect(groupEdits(drawn, ids("ac"), { id: "new" as NodeId, title: "Group" })).toBeNull();
});

test("a group in a group: both taken away at once, what was inside stays where it is seen", () => {
  const drawn = scene({ g: [10, 10], h: [20, 90], a: [30, 90] }, { h: "g", a: "h" });
  const apart = after(drawn.document, ungroupEdits(drawn, ids("gh")));
  expect(seen(apart)).toEqual({ a: { x: 60, y: 190 } });
});
