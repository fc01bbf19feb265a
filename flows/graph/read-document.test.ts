import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../basics/json";
import { emptyDocument } from "./edit";
import { FlowDocument, type FlowNode } from "./graph";
import { brokenDocuments, randomDocuments } from "./random-documents.contract";
import { AnyDocument, checkDocument, readDocument, readDocumentFile } from "./read-document";
import { storedDocument } from "./stored-document";

const node = (id: string, more: Partial<Record<keyof FlowNode, Json>> = {}) => ({
  ...{ id, kind: "agent", title: id, settings: {} },
  ...more,
});
const wire = (from: string, to: string) => ({ from: { node: from, output: "o" }, to: { node: to, input: "i" } });
const read = (parts: object) => readDocument(JSON.stringify({ ...emptyDocument, ...parts }));
const faults = (parts: object) => {
  const answer = read(parts);
  return answer.ok ? [] : answer.error.map(({ code, at }) => `${code} ${at}`);
};

test("[G5] a document of version 1 opens as one of this version and loses nothing", () => {
  const first = {
    version: 1,
    nodes: [node("a", { settings: { later: [1] } })],
    wires: [],
    layout: { a: { x: 1, y: 2 } },
  };
  const answer = readDocument(JSON.stringify(first));
  expect(answer).toEqual({ ok: true, value: { document: { ...first, version: 2 }, migratedFrom: 1 } });
  expect(storedDocument(first)).toEqual({ ...first, version: 2 });
  expect(AnyDocument.parse(first)).toEqual({ ...first, version: 2 });
});

test("[G5] a document of a later version, of none, or of something else is not guessed at", () => {
  const refused = (text: string) => readDocument(text);
  expect(refused('{"version": 3}')).toMatchObject({ error: [{ code: "version_unknown", at: "/version" }] });
  expect(refused('{"version": 3}')).toMatchObject({ error: [{ fix: expect.stringContaining("Update the studio") }] });
  for (const version of ["0", "-1", "1.5", '"2"', "null"])
    expect(refused(`{"version": ${version}}`)).toMatchObject({ error: [{ code: "version_unknown" }] });
  expect(refused("{}")).toMatchObject({ error: [{ code: "version_unknown" }] });
  for (const text of ["[]", "null", "2", '"flow"'])
    expect(refused(text)).toMatchObject({ error: [{ code: "shape_wrong" }] });
});

test("[G6] a node of a kind that nobody knows is kept as it stands", () => {
  const nodes = [node("a", { kind: "teleport", settings: { to: ["Mars"], how: { fast: true } } })];
  expect(read({ nodes })).toMatchObject({ ok: true, value: { document: { nodes } } });
});

test("[G6] what the parts say of one another is held together, in pinned flows too", () => {
  expect(faults({ nodes: [node("a"), node("a")] })).toEqual(["node_repeated /nodes/1/id"]);
  const two = [node("a"), node("b")];
  expect(faults({ nodes: two, wires: [wire("a", "b"), wire("a", "b")] })).toEqual(["wire_repeated /wires/1"]);
  expect(faults({ nodes: two, wires: [wire("z", "b")] })).toEqual(["wire_to_unknown /wires/0/from/node"]);
  expect(faults({ nodes: two, wires: [wire("a", "z")] })).toEqual(["wire_to_unknown /wires/0/to/node"]);
  expect(faults({ nodes: [node("a", { parent: "z" })] })).toEqual(["parent_unknown /nodes/0/parent"]);
  expect(faults({ nodes: [node("a", { parent: "a" })] })).toEqual(["parent_cycle /nodes/0/parent"]);
  const circle = [node("a", { parent: "b" }), node("b", { parent: "c" }), node("c", { parent: "b" })];
  expect(faults({ nodes: circle })).toEqual([expect.stringMatching(/^parent_cycle \/nodes\/[12]\/parent$/)]);
  expect(faults({ layout: { z: { x: 0, y: 0 } } })).toEqual(["place_unknown /layout/z"]);
  const flow = "a".repeat(64);
  expect(faults({ flows: { [flow]: { nodes: [node("a"), node("a")], wires: [] } } })).toEqual([
    `node_repeated /flows/${flow}/nodes/1/id`,
  ]);
});

test("[G6] a part of the wrong shape is named by its place, and no more than twenty are", () => {
  expect(faults({ nodes: [node("a"), { ...node("b"), title: 7, colour: "red" }] })).toEqual([
    "shape_wrong /nodes/1/title",
    "shape_wrong /nodes/1",
  ]);
  expect(faults({ wires: [{ from: {}, to: {} }] })).toHaveLength(4);
  expect(faults({ layout: { a: { x: 1e7, y: 0 } }, nodes: [node("a")] })).toEqual(["shape_wrong /layout/a/x"]);
  expect(faults({ flows: { short: { nodes: [], wires: [] } } })).toEqual(["shape_wrong /flows/short"]);
  expect(faults({ nodes: Array.from({ length: 10_000 }, () => 0) })).toHaveLength(20);
  expect(faults({ nodes: Array.from({ length: 10_001 }, () => 0) })).toEqual(["shape_wrong /nodes"]);
  expect(faults({ extra: 1 })).toEqual(["shape_wrong "]);
});

test("[G6] a text or a file that is too large is refused from its length alone", async () => {
  expect(readDocument(" ".repeat(5_000_001))).toMatchObject({ error: [{ code: "too_large" }] });
  const opened = () => Promise.reject(new Error("was opened"));
  expect(await readDocumentFile({ size: 5_000_001, text: opened })).toMatchObject({ error: [{ code: "too_large" }] });
  const small = { size: 2, text: () => Promise.resolve(JSON.stringify(emptyDocument)) };
  expect(await readDocumentFile(small)).toEqual({ ok: true, value: { document: emptyDocument, migratedFrom: null } });
});

test("[G6] what was never a text is held to the same: no depth, circle, shared part or class instance gets through", () => {
  const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as Json;
  const circle: Record<string, unknown> = {};
  circle.itself = circle;
  let shared: Json = {};
  for (let level = 0; level < 40; level += 1) shared = { left: shared, right: shared };
  const refused = (settings: unknown) =>
    checkDocument({ ...emptyDocument, nodes: [{ ...node("a"), settings }] } as Json);
  expect(refused({ deep })).toMatchObject({ error: [{ code: "too_deep" }] });
  expect(refused(circle)).toMatchObject({ error: [{ code: "too_deep" }] });
  expect(refused(shared)).toMatchObject({ error: [{ code: "too_large" }] });
  for (const alien of [
    new Map(),
    new (class Shape {})(),
    1n,
    undefined,
    Number.NaN,
    "\0",
    "\ud800",
    JSON.parse('{"__proto__": 1}'),
  ])
    expect(refused({ alien })).toMatchObject({ error: [{ code: "shape_wrong" }] });
  expect(AnyDocument.safeParse({ ...emptyDocument, nodes: [node("a"), node("a")] })).toMatchObject({
    success: false,
    error: { issues: [{ path: ["nodes", "1", "id"] }] },
  });
});

test("[G6] held part by part or as a whole, a document is of the same shape", () => {
  const relations = /^(node_repeated|wire_repeated|wire_to_unknown|parent_unknown|parent_cycle|place_unknown)$/;
  fc.assert(
    fc.property(fc.oneof(brokenDocuments, randomDocuments), (document) => {
      const answer = checkDocument(document as Json);
      const whole = FlowDocument.safeParse(document);
      if (answer.ok) expect(whole).toEqual({ success: true, data: answer.value.document });
      else expect([answer.error, whole.success]).toEqual([answer.error, relations.test(answer.error[0]?.code ?? "")]);
    }),
  );
});
