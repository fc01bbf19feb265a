import type { ObjectSchema } from "./agent-manifest";
import type { JsonSchema } from "./json-schema";
import { type Port, portTypeOf } from "./port-type";

/** The ports that an object schema stands for: one for each property, in the order of the schema. */
export function portsOf(schema: ObjectSchema): Port[] {
  return Object.entries(schema.properties).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    type: portTypeOf(property),
    required: schema.required?.includes(name) ?? false,
  }));
}

/**
 * The schema of one port, with the definitions that it may refer to; null when there is no such port. What is known of
 * a schema is kept by its identity, so keep the answer where it is asked for often.
 */
export function portSchema(schema: ObjectSchema, name: string): JsonSchema | null {
  const property = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  if (property === undefined) return null;
  return Object.hasOwn(schema, "$defs") ? { ...property, $defs: schema.$defs } : property;
}
