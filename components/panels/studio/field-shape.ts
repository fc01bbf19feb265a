/** How a property of a JSON Schema is asked for on a form. */
export type FieldShape = { title: string; help?: string } & (
  | { type: "text" | "long" | "csv" | "file" | "boolean" | "json" }
  | { type: "number"; range: { min?: number; max?: number } }
  | { type: "choice"; choices: readonly string[] }
);

type Property = { readonly [key: string]: unknown };

const LONG_TYPES = ["text/markdown", "text/plain", "text/html"];
const LONG = 2_000;

export function shapeOf(name: string, property: Property): FieldShape {
  const title = typeof property.title === "string" && property.title ? property.title : name;
  const help = typeof property.description === "string" ? { help: property.description } : {};
  return { title, ...help, ...controlOf(property) };
}

type Control = FieldShape extends infer Shape ? (Shape extends unknown ? Omit<Shape, "title" | "help"> : never) : never;

function controlOf(property: Property): Control {
  if (Array.isArray(property.enum) && property.enum.every((one) => typeof one === "string"))
    return { type: "choice", choices: property.enum };
  switch (property.type) {
    case "string":
      return { type: textShape(property) };
    case "number":
    case "integer":
      return { type: "number", range: { ...limit("min", property.minimum), ...limit("max", property.maximum) } };
    case "boolean":
      return { type: "boolean" };
    default:
      return { type: "json" };
  }
}

function textShape({ format, contentMediaType, contentEncoding, maxLength }: Property) {
  if (contentEncoding === "base64") return "file";
  if (format === "csv" || contentMediaType === "text/csv") return "csv";
  const long = format === "text" || LONG_TYPES.includes(String(contentMediaType)) || Number(maxLength ?? 0) > LONG;
  return long ? "long" : "text";
}

function limit(name: "min" | "max", value: unknown): { min?: number; max?: number } {
  return typeof value === "number" ? { [name]: value } : {};
}
