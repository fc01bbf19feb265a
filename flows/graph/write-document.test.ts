import fc from "fast-check";
import { expect, test } from "vitest";
import { FlowDocument } from "./graph";
import { randomDocuments } from "./random-documents.contract";
import { readDocument } from "./read-document";
import { documentFileName, flowNameOf, writeDocument } from "./write-document";

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
};

test("[G5] what is written reads back as it was, and is written the same again", () => {
  fc.assert(
    fc.property(randomDocuments, (document) => {
      const text = writeDocument(document);
      const read = readDocument(text);
      expect(read).toEqual({ ok: true, value: { document, migratedFrom: null } });
      expect(read.ok && writeDocument(read.value.document)).toBe(text);
    }),
  );
});

test("[G5] the known parts are written in one order, whatever order they came in", () => {
  fc.assert(
    fc.property(randomDocuments, ({ nodes, flows = {}, ...rest }) => {
      const unset = <Node>(node: Node) => ({ ...node, settings: {} });
      const pinned = Object.entries(flows).map(([digest, flow]) => [digest, { ...flow, nodes: flow.nodes.map(unset) }]);
      const plain = { ...rest, nodes: nodes.map(unset), flows: Object.fromEntries(pinned) };
      const shuffled = FlowDocument.parse(reversed(plain));
      expect(writeDocument(shuffled)).toBe(writeDocument(FlowDocument.parse(plain)));
    }),
  );
});

test("[G5] settings keep their order, because people see the fields of a form in it", () => {
  const properties = { second: { type: "string" }, first: { type: "string" } };
  const document = FlowDocument.parse({
    version: 2,
    nodes: [{ id: "a", kind: "input", title: "A", settings: { schema: { properties } } }],
    wires: [],
    layout: {},
  });
  const text = writeDocument(document);
  expect(text.indexOf("second")).toBeLessThan(text.indexOf("first"));
  expect(text.endsWith("}\n")).toBe(true);
});

test("a file is named after its flow, and a flow after its file", () => {
  expect(documentFileName("Reviewed sales report")).toBe("Reviewed sales report.flow.json");
  expect(documentFileName("../../etc/pass:wd")).toBe("etcpasswd.flow.json");
  expect(documentFileName("🤖")).toBe("flow.flow.json");
  expect(flowNameOf("Reviewed sales report.flow.json")).toBe("Reviewed sales report");
  expect(flowNameOf("flow.json")).toBe("flow");
  expect(flowNameOf(`${"x".repeat(79)}😀.flow.json`)).toBe("x".repeat(79));
  expect(flowNameOf(".flow.json")).toBe("Imported flow");
});
