import type { Json } from "@/flows/basics/json";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";
import type { ObjectSchema } from "@/flows/types/agent-manifest";

/** One field of the form that a run starts with. */
export type InputField = {
  name: string;
  title: string;
  type: FieldType;
  required: boolean;
  initial: Json | undefined;
};
export type FieldType = "text" | "long" | "csv" | "number" | "boolean";

export const FIELD_TYPES: readonly { value: FieldType; label: string }[] = [
  { value: "text", label: "Text" },
  { value: "long", label: "Long text" },
  { value: "csv", label: "CSV" },
  { value: "number", label: "Number" },
  { value: "boolean", label: "Yes or no" },
];

type Property = { type?: string; title?: string; format?: string; default?: Json };
type Schema = { properties?: Readonly<Record<string, Property>>; required?: readonly string[] };

const SCHEMA_OF: Record<FieldType, Property> = {
  text: { type: "string" },
  long: { type: "string", format: "text" },
  csv: { type: "string", format: "csv" },
  number: { type: "number" },
  boolean: { type: "boolean" },
};

export function fieldsOf({ settings }: Pick<FlowNode, "settings">): InputField[] {
  const schema = (settings.schema ?? {}) as Schema;
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    title: property.title ?? "",
    type: typeOf(property),
    required: schema.required?.includes(name) ?? false,
    initial: property.default,
  }));
}

/** The setting that a list of fields comes to. */
export function schemaOf(fields: readonly InputField[]): Json {
  const properties = fields.map(({ name, title, type, initial }) => {
    const named = title ? { title } : {};
    const filled = initial === undefined ? {} : { default: initial };
    return [name, { ...SCHEMA_OF[type], ...named, ...filled }] as const;
  });
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  return { type: "object", properties: Object.fromEntries(properties), required };
}

/** Another name for a field, with the wires that start from it brought along. */
export function renameField(document: FlowDocument, node: FlowNode, names: { from: string; to: string }): FlowEdit[] {
  const fields = fieldsOf(node).map((field) => (field.name === names.from ? { ...field, name: names.to } : field));
  const wires = document.wires.filter(({ from }) => from.node === node.id && from.output === names.from);
  const renamed = wires.map((wire) => ({ ...wire, from: { ...wire.from, output: names.to } }));
  return [
    { edit: "change_setting", node: node.id, field: "schema", value: schemaOf(fields) },
    { edit: "remove_wires", wires },
    ...renamed.map((wire) => ({ edit: "add_wire" as const, wire })),
  ];
}

/** A field taken away, with the wires that start from it. */
export function removeField(document: FlowDocument, node: FlowNode, name: string): FlowEdit[] {
  const wires = document.wires.filter(({ from }) => from.node === node.id && from.output === name);
  const left = fieldsOf(node).filter((field) => field.name !== name);
  return [
    { edit: "change_setting", node: node.id, field: "schema", value: schemaOf(left) },
    ...(wires.length > 0 ? [{ edit: "remove_wires" as const, wires }] : []),
  ];
}

/** Why a field cannot have this name, or null. Names are what wires and expressions say. */
export function nameProblem(fields: readonly InputField[], own: string, name: string): string | null {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(name)) return "Letters, digits and _; a letter first; at most 64.";
  return name !== own && fields.some((field) => field.name === name) ? "Another field has this name." : null;
}

export function freshField(fields: readonly InputField[]): InputField {
  const names = new Set(fields.map(({ name }) => name));
  let name = "field";
  for (let count = 2; names.has(name); count++) name = `field${count}`;
  return { name, title: "", type: "text", required: true, initial: undefined };
}

/** What the run form shows first: the defaults. */
export function startValues({ properties }: Pick<ObjectSchema, "properties">): Record<string, Json> {
  const filled = Object.entries(properties).filter(([, property]) => property.default !== undefined);
  return Object.fromEntries(filled.map(([name, property]) => [name, property.default as Json]));
}

function typeOf({ type, format }: Property): FieldType {
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "boolean";
  if (format === "csv") return "csv";
  return format === "text" ? "long" : "text";
}
