import fc from "fast-check";
import { expect, test } from "vitest";
import { NodeId } from "../basics/ids";
import { changeBetween, isNoChange, turnedRound } from "./change";
import { applyAll, type DeedEdit, takeDeed } from "./deed";
import { emptyDocument } from "./edit";
import { editsFor } from "./edits-for";
import type { FlowDocument } from "./graph";
import { randomDoing, randomEdits } from "./random-deeds.contract";
import { wireKey } from "./wire-key";

const id = NodeId.parse;
const add = (node: string): DeedEdit => ({
  edit: "add_node",
  node: { id: id(node), kind: "output", title: node, settings: {} },
  position: { x: 0, y: 0 },
});
const set = (node: string, field: string, value: string): DeedEdit => ({
  edit: "change_setting",
  node: id(node),
  field,
  value,
});
const wire = (from: string, to: string): DeedEdit => ({
  edit: "add_wire",
  wire: { from: { node: id(from), output: "o" }, to: { node: id(to), input: "i" } },
});
const done = (document: FlowDocument, ...edits: DeedEdit[]) => takeDeed(document, { edits }).document;
const start = done(emptyDocument, add("a"), add("b"));

/** The order of drawing means nothing. */
const sorted = (document: FlowDocument) => ({
  ...document,
  nodes: [...document.nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
  wires: [...document.wires].sort((a, b) => (wireKey(a) < wireKey(b) ? -1 : 1)),
});
const undo = (now: FlowDocument, before: FlowDocument, after: FlowDocument) =>
  editsFor(now, turnedRound(changeBetween(before, after)));

test("[G9] what is done and undone is as it was, and done again as it became, whatever was done", () => {
  fc.assert(
    fc.property(randomDoing, ({ before, after }) => {
      const change = changeBetween(before, after);
      const back = editsFor(after, turnedRound(change));
      expect(back.stale).toEqual([]);
      const undone = applyAll(after, back.edits);
      expect(undone.ok && sorted(undone.value)).toEqual(sorted(before));
      if (!undone.ok) return;
      const again = editsFor(undone.value, change);
      expect(again.stale).toEqual([]);
      const redone = applyAll(undone.value, again.edits);
      expect(redone.ok && sorted(redone.value)).toEqual(sorted(after));
    }),
  );
});

test("[G9] undo after a merge takes back one's own deed and leaves what others set", () => {
  fc.assert(
    fc.property(randomDoing, fc.array(randomEdits, { maxLength: 4 }), ({ before, after }, theirs) => {
      const merged = done(after, ...theirs);
      const others = changeBetween(after, merged);
      const back = undo(merged, before, after);
      const undone = applyAll(merged, back.edits);
      expect(undone.ok).toBe(true);
      if (!undone.ok) return;
      for (const { id: node, was, is } of others.nodes) {
        const left = undone.value.nodes.find((each) => each.id === node);
        if (was && is && was.title !== is.title) expect(left?.title).toBe(is.title);
      }
      const kept = new Set(undone.value.nodes.map((each) => each.id));
      for (const { id: node, is } of others.places)
        if (is && kept.has(node)) expect(undone.value.layout[node]).toEqual(is);
    }),
  );
});

test("[G9] of one field that both changed the other's value stays, and the node is named", () => {
  const mine = done(start, set("a", "x", "mine"), set("a", "y", "mine"));
  const merged = done(mine, set("a", "x", "theirs"));
  const back = undo(merged, start, mine);
  expect(back.stale).toEqual(["a"]);
  expect(done(merged, ...back.edits).nodes[0]?.settings).toEqual({ x: "theirs" });
});

test("[G9] a node that somebody else wired or changed is not taken away by undo", () => {
  const mine = done(start, add("c"));
  const wired = done(mine, wire("a", "c"));
  expect(undo(wired, start, mine)).toEqual({ edits: [], stale: ["c"] });
  const changed = done(mine, set("c", "x", "theirs"));
  expect(undo(changed, start, mine)).toEqual({ edits: [], stale: ["c"] });
});

test("[G9] a wire whose input is taken by now does not come back, and its ends are named", () => {
  const wired = done(start, add("c"), wire("a", "b"));
  const cut = done(wired, { edit: "remove_nodes", nodes: [id("a")] });
  const merged = done(cut, wire("c", "b"));
  const back = undo(merged, wired, cut);
  expect(back.edits.map(({ edit }) => edit)).toEqual(["add_node"]);
  expect(back.stale).toEqual(["a", "b"]);
});

test("[G9] two containers that changed places change back", () => {
  const put = (node: string, parent: string | null): DeedEdit => ({
    edit: "set_parent",
    nodes: [id(node)],
    parent: parent === null ? null : id(parent),
    to: {},
  });
  const one = done(start, put("a", "b"));
  const other = done(one, put("a", null), put("b", "a"));
  const back = undo(other, one, other);
  expect(back.stale).toEqual([]);
  expect(sorted(done(other, ...back.edits))).toEqual(sorted(one));
});

test("documents that differ in the order of drawing alone do not differ", () => {
  expect(isNoChange(changeBetween(start, { ...start, nodes: [...start.nodes].reverse() }))).toBe(true);
});
