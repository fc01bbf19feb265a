type Schema = { readonly [key: string]: unknown };

/** One line of what a schema says, as people read it. What has no words here can be read as JSON beside it. */
export type SchemaLine = {
  name: string;
  title: string | null;
  type: string;
  required: boolean;
  about: string;
  depth: number;
};

const DEEPEST = 3;
const MOST_LINES = 100;

/** The properties of an object, and of the objects and lists in it, in the order in which they are declared. */
export function linesOf(schema: Schema): SchemaLine[] {
  return within(schema, 0).slice(0, MOST_LINES);
}

function within(schema: Schema, depth: number): SchemaLine[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(objectOf(schema.properties)).flatMap(([name, part]) => {
    const property = objectOf(part);
    const inner = property.type === "array" ? objectOf(property.items) : property;
    const line = {
      ...{ name, depth, required: required.includes(name), type: typeWords(property) },
      title: typeof property.title === "string" ? property.title : null,
      about: aboutWords(property),
    };
    return [line, ...(depth < DEEPEST ? within(inner, depth + 1) : [])];
  });
}

function typeWords(schema: Schema): string {
  if (Array.isArray(schema.enum)) return "one of a few";
  if (schema.contentEncoding === "base64") return "file";
  if (schema.type === "array") return `list of ${typeWords(objectOf(schema.items))}`;
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map((one) => typeWords(objectOf(one))).join(" or ");
  const names: Record<string, string> = {
    string: "text",
    integer: "whole number",
    boolean: "yes or no",
    null: "nothing",
  };
  return typeof schema.type === "string" ? (names[schema.type] ?? schema.type) : "anything";
}

const LIMITS: readonly (readonly [string, (value: string) => string])[] = [
  ["minimum", (value) => `at least ${value}`],
  ["maximum", (value) => `at most ${value}`],
  ["minLength", (value) => `at least ${value} letters`],
  ["maxLength", (value) => `at most ${value} letters`],
  ["minItems", (value) => `at least ${value} items`],
  ["maxItems", (value) => `at most ${value} items`],
  ["pattern", (value) => `as ${value}`],
  ["default", (value) => `${value} when left out`],
];

function aboutWords(schema: Schema): string {
  const choices = Array.isArray(schema.enum) ? [schema.enum.map((one) => String(one)).join(", ")] : [];
  const limits = LIMITS.flatMap(([name, say]) => {
    const value = schema[name];
    const short = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    return short && String(value).length <= 60 ? [say(String(value))] : [];
  });
  const said = typeof schema.description === "string" ? [schema.description] : [];
  return [...said, ...choices, limits.join(", ")].filter(Boolean).join(" · ");
}

function objectOf(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}
