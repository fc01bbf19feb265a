import type { ObjectSchema } from "./agent-manifest";
import type { JsonSchema } from "./json-schema";
import { type Port, portTypeOf } from "./port-type";

const known = new WeakMap<ObjectSchema, ReadonlyMap<string, Port>>();

/** The ports that an object schema stands for: one for each property, in the order of the schema. */
export function portsOf(schema: ObjectSchema): Port[] {
  return [...portsByName(schema).values()];
}

/** The schema of one port, with the definitions that it may refer to; null when there is no such port. */
export function portSchema(schema: ObjectSchema, name: string): JsonSchema | null {
  return portsByName(schema).get(name)?.schema ?? null;
}

/** What is known of a schema is kept by its identity, so a port's schema is made once for each object. */
function portsByName(schema: ObjectSchema): ReadonlyMap<string, Port> {
  const earlier = known.get(schema);
  if (earlier) return earlier;
  const definitions = Object.hasOwn(schema, "$defs") ? { $defs: schema.$defs } : null;
  const ports = Object.entries(schema.properties).map(([name, property]): [string, Port] => {
    const required = schema.required?.includes(name) ?? false;
    const own = definitions ? { ...property, ...definitions } : property;
    return [name, { name, title: property.title ?? name, type: portTypeOf(property), required, schema: own }];
  });
  const made = new Map(ports);
  known.set(schema, made);
  return made;
}
