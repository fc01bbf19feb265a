import { partWith } from "../types/composed";
import { itemsOf, propertyOf, type Schema } from "./schema";

const SCALARS: Readonly<Record<string, Schema>> = {
  bool: { type: "boolean" },
  string: { type: "string" },
  int: { type: "integer" },
  uint: { type: "integer", minimum: 0 },
  double: { type: "number" },
  null: { type: "null" },
  "google.protobuf.Timestamp": { type: "string", format: "date-time" },
  "google.protobuf.Duration": { type: "string" },
};

/**
 * The schema of what an expression of a CEL type gives, once it is JSON. `true` where nobody knows: of a list or a map
 * whose parts are not known nothing is said, for what is said of a schema in part counts as all there is to say. [E10]
 */
export function schemaOfType(type: string, variables: ReadonlyMap<string, Schema>): Schema {
  const scalar = Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined;
  if (scalar !== undefined) return scalar;
  if (type.startsWith("studio.")) return schemaNamed(type, variables);
  const [, item] = /^list<(.*)>$/.exec(type) ?? [];
  if (item !== undefined) return known(schemaOfType(item, variables), (items) => ({ type: "array", items }));
  const [, value] = /^map<string, (.*)>$/.exec(type) ?? [];
  if (value === undefined) return true;
  return known(schemaOfType(value, variables), (each) => ({ type: "object", additionalProperties: each }));
}

function known(part: Schema, make: (part: Schema) => { readonly [keyword: string]: unknown }): Schema {
  if (typeof part === "boolean") return true;
  const { $defs, ...rest } = part;
  return $defs === undefined ? make(part) : { ...make(rest), $defs };
}

/** The schema behind the name of an object type, as `typeOfSchema` made it: a variable, and the way into its schema. */
function schemaNamed(type: string, variables: ReadonlyMap<string, Schema>): Schema {
  const [, variable = "", ...way] = type.split(".");
  const root = variables.get(variable) ?? true;
  let schema: Schema = root;
  for (const name of way) schema = stepInto(schema, name);
  return partWith(root, schema);
}

function stepInto(schema: Schema, name: string): Schema {
  if (typeof schema === "boolean") return true;
  if (schema.type === "array") return itemsOf(schema);
  const { properties } = schema;
  if (typeof properties !== "object" || properties === null) return propertyOf(schema, name);
  // A property that is no word is called by its place, so such a name may mean two of them.
  return Object.hasOwn(properties, name) && !/^field\d+$/.test(name) ? propertyOf(schema, name) : true;
}
