import { type ObjectSchema, ObjectSchema as Parsed } from "./agent-manifest";
import { checkSchema } from "./check-schema";
import { isRecord, type JsonSchema } from "./json-schema";
import { atPointer } from "./pointer";
import { usableSchema } from "./usable-schema";

/** The schema of an object whose properties can be ports, and what of the original it leaves out. */
export type UsablePorts = { schema: ObjectSchema; left: readonly string[] };

const MOST_PORTS = 200;

/** A stranger's schema of an object as a schema of ports. It allows every object that the original allows. [T6] */
export function usablePorts(schema: unknown, document: unknown = schema): UsablePorts {
  const target = followed(schema, document);
  const { schema: used, left } = usableSchema(target, document);
  const whole = asObject(used);
  const read = Parsed.safeParse(whole);
  if (read.success && checkSchema(whole).length === 0 && Object.keys(read.data.properties).length <= MOST_PORTS)
    return { schema: read.data, left };
  return { schema: { type: "object", properties: {} }, left: ["everything: it cannot be drawn"] };
}

/** A schema that is nothing but a reference is the one it leads to; a circle of them is none. */
function followed(schema: unknown, document: unknown): unknown {
  let target = schema;
  for (let steps = 0; steps < 10 && isRecord(target) && typeof target.$ref === "string"; steps++)
    target = atPointer(document, target.$ref);
  return target;
}

function asObject(used: JsonSchema): JsonSchema {
  if (!isRecord(used)) return { type: "object", properties: {} };
  const properties = isRecord(used.properties) ? used.properties : {};
  const ports = Object.entries(properties).map(([name, property]) => [name, asPort(property)]);
  return { ...used, type: "object", properties: Object.fromEntries(ports) };
}

/** A port is drawn by its one type: of several it is a choice. */
function asPort(property: unknown): JsonSchema {
  if (!isRecord(property)) return property === false ? { not: {} } : {};
  const { type, ...rest } = property;
  if (!Array.isArray(type)) return property;
  const choice = type.map((one: unknown) => ({ type: one }));
  return Object.hasOwn(rest, "anyOf") ? { ...rest, allOf: both(rest.allOf, choice) } : { ...rest, anyOf: choice };
}

function both(allOf: unknown, choice: readonly object[]): unknown[] {
  return [...(Array.isArray(allOf) ? allOf : []), { anyOf: choice }];
}
