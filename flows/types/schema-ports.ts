import type { ObjectSchema } from "./agent-manifest";
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
