import { expect, test } from "vitest";
import type { NodeId } from "@/flows/basics/ids";
import { samples } from "@/flows/examples/samples";
import { applyEdit, emptyDocument } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { readDocument } from "@/flows/graph/read-document";
import { writeDocument } from "@/flows/graph/write-document";
import { type Clip, clipOf, pasteEdits, readClip, writeClip } from "./clip";

const beside = { parent: null, place: ({ x, y }: { x: number; y: number }) => ({ x: x + 40, y: y + 40 }) };

function paste(document: FlowDocument, clip: Clip): FlowDocument {
  const pasted = pasteEdits(document, clip, beside);
  if (!pasted.ok) throw new Error(pasted.error.code);
  return pasted.value.edits.reduce((drawn, edit) => {
    const next = applyEdit(drawn, edit);
    if (!next.ok) throw new Error(next.error.code);
    return next.value;
  }, document);
}

test.each(samples)("what is copied of $name and pasted into an empty flow is drawn as it was", ({ document }) => {
  const clip = clipOf(
    document,
    document.nodes.map(({ id }) => id),
  );
  const read = readClip(writeClip(clip));
  expect(read.ok && read.value).toEqual(JSON.parse(JSON.stringify(document)));
  const drawn = paste(emptyDocument, clip);
  expect(drawn.nodes.map(({ title, kind }) => `${kind} ${title}`).sort()).toEqual(
    document.nodes.map(({ title, kind }) => `${kind} ${title}`).sort(),
  );
  expect(drawn.wires).toHaveLength(document.wires.length);
  expect(drawn.flows).toEqual(document.flows);
  expect(readDocument(writeDocument(drawn)).ok).toBe(true);
});

test.each(samples)(
  "pasted into the flow that it was copied from, $name stays sound and no id is used twice",
  (sample) => {
    const { document } = sample;
    const all = document.nodes.map(({ id }) => id);
    const once = paste(document, clipOf(document, all));
    const twice = paste(once, clipOf(document, all));
    const inputs = document.nodes.filter(({ kind }) => kind === "input").length;
    expect(twice.nodes).toHaveLength(document.nodes.length * 3 - inputs * 2);
    for (const part of ["id", "title"] as const)
      expect(new Set(twice.nodes.map((node) => node[part])).size).toBe(twice.nodes.length);
    expect(readDocument(writeDocument(twice)).ok).toBe(true);
  },
);

test("a container takes along what is drawn inside, and a node from inside comes out to where it was seen", () => {
  const id = (text: string) => text as NodeId;
  const node = (name: string, parent?: string) => ({
    ...{ id: id(name), kind: "group", title: name, settings: {} },
    ...(parent ? { parent: id(parent) } : {}),
  });
  const document: FlowDocument = {
    ...emptyDocument,
    nodes: [node("outer"), node("inner", "outer"), node("leaf", "inner")],
    layout: { [id("outer")]: { x: 100, y: 100 }, [id("inner")]: { x: 10, y: 20 }, [id("leaf")]: { x: 1, y: 2 } },
  };
  expect(clipOf(document, [id("inner")]).layout).toEqual({ inner: { x: 110, y: 120 }, leaf: { x: 1, y: 2 } });
  expect(clipOf(document, [id("outer")]).nodes).toHaveLength(3);
  const drawn = paste(document, clipOf(document, [id("inner"), id("leaf")]));
  expect(drawn.nodes.slice(3)).toMatchObject([{ title: "inner 2" }, { title: "leaf 2", parent: drawn.nodes[3]?.id }]);
});

test.each([
  ["", "clip_unreadable"],
  ["hello", "clip_unreadable"],
  ['{"version":1}', "clip_unreadable"],
  [
    JSON.stringify({ ...emptyDocument, nodes: [{ id: "__proto__", kind: "note", title: "x", settings: {} }] }),
    "clip_unreadable",
  ],
  [writeClip(emptyDocument), "clip_empty"],
])("a clipboard with %s is refused", (text, code) => {
  expect(readClip(text)).toMatchObject({ ok: false, error: { code } });
});

test("a second input is not pasted, nor more nodes than a flow may have", () => {
  const input = { id: "in" as NodeId, kind: "input", title: "Input", settings: {} };
  const withInput: FlowDocument = { ...emptyDocument, nodes: [input] };
  expect(pasteEdits(withInput, withInput, beside)).toEqual({ ok: false, error: { code: "clip_second_input" } });
  const many = Array.from({ length: 10_000 }, (_, place) => ({ ...input, id: `n${place}` as NodeId, kind: "note" }));
  const refused = pasteEdits(withInput, { ...emptyDocument, nodes: many }, beside);
  expect(refused).toEqual({ ok: false, error: { code: "clip_too_large", most: 10_000 } });
});
