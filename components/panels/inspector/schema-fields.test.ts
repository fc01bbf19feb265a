import { expect, test } from "vitest";
import { reviewedReport } from "@/flows/examples/reviewed-report";
import { applyEdit, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import {
  addField,
  changeField,
  type FieldsSchema,
  fieldsOf,
  moveField,
  nameProblem,
  partsOf,
  removeField,
  renameField,
  schemaOf,
} from "./schema-fields";
import { portEdits, settingEdits } from "./setting-edits";

const schema = {
  type: "object",
  properties: {
    csv: { type: "string", format: "csv", title: "Table", description: "With a header.", default: "a,b" },
    choice: { enum: ["a", "b"] },
    note: { type: "string", maxLength: 20, "x-studio-type": "personal" },
  },
  required: ["csv"],
  additionalProperties: false,
};
const fields = fieldsOf(schema) as FieldsSchema;

test("a schema that is read as fields and written again says the same, also what no field shows", () => {
  expect(schemaOf(fields)).toEqual(schema);
  expect(partsOf(fields).map(({ name, type }) => [name, type])).toEqual([
    ["csv", "csv"],
    ["choice", "other"],
    ["note", "text"],
  ]);
});

test("what is not the schema of named fields is edited as it stands", () => {
  for (const other of [
    { type: "string" },
    { type: "object", properties: [] },
    { type: "object", properties: { a: 1 } },
    3,
  ])
    expect(fieldsOf(other)).toBeNull();
  expect(fieldsOf({ type: "object" })).not.toBeNull();
});

test("another type keeps what is true of any type: the title, the label, and a default that fits", () => {
  const [note, csv] = [changeField(fields, "note", { type: "number" }), changeField(fields, "csv", { type: "long" })];
  expect(note.properties.note).toEqual({ type: "number", "x-studio-type": "personal" });
  expect(csv.properties.csv).toEqual({
    type: "string",
    format: "text",
    title: "Table",
    description: "With a header.",
    default: "a,b",
  });
  expect(changeField(fields, "csv", { type: "boolean" }).properties.csv).not.toHaveProperty("default");
});

test("a change of one part leaves the others alone", () => {
  expect(changeField(fields, "note", { required: true }).required).toEqual(["csv", "note"]);
  expect(changeField(fields, "csv", { title: "" }).properties.csv).not.toHaveProperty("title");
  expect(changeField(fields, "csv", { initial: undefined }).properties.csv).not.toHaveProperty("default");
  expect(changeField(fields, "csv", { required: false }).properties.csv).toEqual(schema.properties.csv);
});

test("fields come, go, move and get other names, and stay required", () => {
  expect(Object.keys(addField(addField(fields)).properties).slice(-2)).toEqual(["field", "field2"]);
  expect(renameField(fields, "csv", "table")).toMatchObject({ required: ["table"] });
  expect(Object.keys(renameField(fields, "csv", "table").properties)).toEqual(["table", "choice", "note"]);
  expect(Object.keys(moveField(fields, 2, 0).properties)).toEqual(["note", "csv", "choice"]);
  expect(schemaOf(removeField(fields, "csv"))).toMatchObject({ required: [] });
});

test("names are free, short and plain", () => {
  expect(nameProblem(fields, "note", "csv")).toBe("Another field has this name.");
  expect(nameProblem(fields, "csv", "csv")).toBeNull();
  expect(nameProblem(fields, "csv", "two words")).toMatch(/Letters, digits/);
});

const { document } = reviewedReport;
const sales = document.nodes[0];
if (!sales) throw new Error("the sample has an input node");
const after = (edits: readonly FlowEdit[]): FlowDocument =>
  edits.reduce((drawn, edit) => {
    const next = applyEdit(drawn, edit);
    if (!next.ok) throw new Error(next.error.code);
    return next.value;
  }, document);

test("a port under another name keeps its wires, and one that goes takes them with it", () => {
  const renamed = after(portEdits(document, sales.id, { side: "outputs", from: "csv", to: "table" }));
  expect(renamed.wires).toHaveLength(document.wires.length);
  expect(renamed.wires).toContainEqual({
    from: { node: "sales", output: "table" },
    to: { node: "analyse", input: "csv" },
  });
  const gone = after(portEdits(document, sales.id, { side: "outputs", from: "csv", to: null }));
  expect(gone.wires).toHaveLength(document.wires.length - 1);
  expect(portEdits(document, sales.id, { side: "inputs", from: "csv", to: "table" })).toEqual([]);
});

test("settings become edits of what differs, and of nothing else", () => {
  const node = { ...sales, settings: { kept: { a: 1, b: 2 }, changed: 1, gone: true } };
  expect(settingEdits(node, { kept: { b: 2, a: 1 }, changed: 2, fresh: null })).toEqual([
    { edit: "change_setting", node: sales.id, field: "changed", value: 2 },
    { edit: "change_setting", node: sales.id, field: "gone", value: undefined },
    { edit: "change_setting", node: sales.id, field: "fresh", value: null },
  ]);
});
