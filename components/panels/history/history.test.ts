import { expect, test } from "vitest";
import { NodeId } from "@/flows/basics/ids";
import { takeDeed } from "@/flows/graph/deed";
import { emptyDocument, type FlowEdit } from "@/flows/graph/edit";
import type { Wire } from "@/flows/graph/graph";
import { wireKey } from "@/flows/graph/wire-key";
import { drawingChanges } from "./drawing-changes";
import { byTheHour } from "./group-deeds";

const id = NodeId.parse;
const add = (node: string): FlowEdit => ({
  edit: "add_node",
  node: { id: id(node), kind: "output", title: node.toUpperCase(), settings: {} },
  position: { x: 0, y: 0 },
});
const wire: Wire = { from: { node: id("a"), output: "o" }, to: { node: id("b"), input: "i" } };
const done = (document: typeof emptyDocument, ...edits: FlowEdit[]) => takeDeed(document, { edits }).document;

test("each side of a comparison marks what stands on it, and the words name all of it", () => {
  const before = done(emptyDocument, add("a"), add("b"), add("c"), { edit: "add_wire", wire });
  const after = done(
    before,
    { edit: "remove_nodes", nodes: [id("a")] },
    add("d"),
    { edit: "rename_node", node: id("b"), title: "Bee" },
    { edit: "move_nodes", to: { c: { x: 5, y: 5 } } },
  );
  const found = drawingChanges(before, after);
  expect([...found.before.nodes]).toEqual([
    ["a", "removed"],
    ["b", "changed"],
  ]);
  expect([...found.after.nodes]).toEqual([
    ["b", "changed"],
    ["d", "added"],
  ]);
  expect([...found.before.wires]).toEqual([[wireKey(wire), "removed"]]);
  expect(found.after.wires.size).toBe(0);
  expect(found.words).toEqual([
    "A is gone",
    "B is now called Bee",
    "D is new",
    "A to Bee is not connected any more",
    "1 node was moved",
  ]);
});

test("deeds are grouped by the hour in which they were done, in their order", () => {
  const at = (hour: number, minute: number) => ({ at: new Date(Date.UTC(2026, 1, 1, hour, minute)) });
  const hours = byTheHour([at(9, 50), at(9, 1), at(8, 59)], (moment) => `${moment.getUTCHours()}`);
  expect(hours.map(({ key, deeds }) => [key, deeds.length])).toEqual([
    ["9", 2],
    ["8", 1],
  ]);
});
