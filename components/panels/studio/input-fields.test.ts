import { expect, test } from "vitest";
import { reviewedReport } from "@/flows/examples/reviewed-report";
import { applyEdit, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { fieldsOf, freshField, nameProblem, removeField, renameField, schemaOf } from "./input-fields";

const { document } = reviewedReport;
const sales = document.nodes[0];
if (!sales) throw new Error("the sample has an input node");
const after = (edits: readonly FlowEdit[]): FlowDocument =>
  edits.reduce((drawn, edit) => {
    const next = applyEdit(drawn, edit);
    if (!next.ok) throw new Error(next.error.code);
    return next.value;
  }, document);

test("fields written as a schema are read back the same", () => {
  const fields = [
    ...fieldsOf(sales),
    { name: "limit", title: "Limit", type: "number" as const, required: false, initial: 3 },
    { name: "strict", title: "", type: "boolean" as const, required: true, initial: undefined },
  ];
  const drawn = after([{ edit: "change_setting", node: sales.id, field: "schema", value: schemaOf(fields) }]);
  expect(fieldsOf(drawn.nodes.find(({ id }) => id === sales.id) ?? sales)).toEqual(fields);
});

test("a renamed field keeps its wires", () => {
  const drawn = after(renameField(document, sales, { from: "csv", to: "table" }));
  expect(drawn.wires).toHaveLength(document.wires.length);
  expect(drawn.wires).toContainEqual({
    from: { node: "sales", output: "table" },
    to: { node: "analyse", input: "csv" },
  });
});

test("a removed field takes its wires with it", () => {
  const drawn = after(removeField(document, sales, "csv"));
  expect(drawn.wires).toHaveLength(document.wires.length - 1);
});

test("names are free, short and plain", () => {
  const fields = fieldsOf(sales);
  expect(freshField([...fields, freshField(fields)]).name).toBe("field2");
  expect(nameProblem(fields, "other", "csv")).toBe("Another field has this name.");
  expect(nameProblem(fields, "csv", "csv")).toBeNull();
  expect(nameProblem(fields, "csv", "two words")).toMatch(/Letters, digits/);
});
