import { expect, test } from "vitest";
import { create } from "zustand";
import type { NodeId } from "@/flows/basics/ids";
import type { FlowEdit } from "@/flows/graph/edit";
import { type DocumentSlice, documentSlice } from "./document-slice";

const id = (text: string) => text as NodeId;
const add = (node: string): FlowEdit => ({
  edit: "add_node",
  node: { id: id(node), kind: "output", title: node.toUpperCase(), settings: {} },
  position: { x: 0, y: 0 },
});
const setName = (value: string): FlowEdit => ({ edit: "change_setting", node: id("a"), field: "name", value });
const wire = { from: { node: id("a"), output: "out" }, to: { node: id("b"), input: "in" } };

function drawing() {
  const store = create<DocumentSlice>()((set, get) => documentSlice(set, get));
  store.getState().edit([add("a"), add("b")], { name: "Start" });
  return store;
}

test("what was done can be undone and redone, by name", () => {
  const store = drawing();
  store.getState().edit({ edit: "add_wire", wire });
  expect(store.getState().past.map(({ name }) => name)).toEqual(["Start", "Connect A to B"]);

  store.getState().undo();
  expect(store.getState().document.wires).toEqual([]);
  expect(store.getState().future.map(({ name }) => name)).toEqual(["Connect A to B"]);

  store.getState().redo();
  expect(store.getState().document.wires).toEqual([wire]);
  expect(store.getState().future).toEqual([]);
});

test("several edits are made together or not at all", () => {
  const store = drawing();
  const before = store.getState();
  const refused = store.getState().edit([setName("x"), { edit: "rename_node", node: id("gone"), title: "T" }]);
  expect(refused).toEqual({ code: "node_unknown", node: "gone" });
  expect(store.getState()).toEqual(before);
});

test("typing into one field is one step of undo, until something ends it", () => {
  const store = drawing();
  for (const text of ["r", "re", "res"]) store.getState().edit(setName(text), { merge: "name" });
  store.getState().seal();
  store.getState().edit(setName("rest"), { merge: "name" });
  expect(store.getState().past).toHaveLength(3);

  store.getState().undo();
  expect(store.getState().document.nodes[0]?.settings).toEqual({ name: "res" });
  store.getState().undo();
  expect(store.getState().document.nodes[0]?.settings).toEqual({});
});

test("what undo brought back is not joined by what is typed next", () => {
  const store = drawing();
  store.getState().edit(setName("one"), { merge: "name" });
  store.getState().undo();
  store.getState().redo();
  store.getState().edit(setName("two"), { merge: "name" });
  store.getState().undo();
  expect(store.getState().document.nodes[0]?.settings).toEqual({ name: "one" });
});

test("an edit that changes nothing is not kept", () => {
  const store = drawing();
  store.getState().edit({ edit: "move_nodes", to: { a: { x: 0, y: 0 } } });
  store.getState().edit({ edit: "rename_node", node: id("a"), title: " A " });
  store.getState().edit({ edit: "remove_wires", wires: [] });
  expect(store.getState().past.map(({ name }) => name)).toEqual(["Start"]);
});

test("a new edit after undo takes the place of what was undone", () => {
  const store = drawing();
  store.getState().edit(setName("one"));
  store.getState().undo();
  store.getState().edit(setName("two"));
  expect(store.getState().future).toEqual([]);
  store.getState().redo();
  expect(store.getState().document.nodes[0]?.settings).toEqual({ name: "two" });
});

test("what would make the drawing too large to be stored is refused before it is queued, and said", () => {
  const store = drawing();
  store.getState().edit(setName("x".repeat(3_000_000)));
  const { pending } = store.getState();
  store.getState().edit({ edit: "change_setting", node: id("b"), field: "name", value: "y".repeat(3_000_000) });
  expect(store.getState().pending).toBe(pending);
  expect(store.getState().apart.at(-1)?.reasons).toEqual([expect.stringContaining("larger than any may be")]);
});
