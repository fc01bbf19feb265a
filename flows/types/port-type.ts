import type { JsonSchema } from "./json-schema";
import { studioTypeOf } from "./studio-type";

/** What flows through a port, as coarse as the canvas shows it. Personal data keeps its shape: it is a label. */
export type PortType = "text" | "number" | "boolean" | "object" | "list" | "file" | "money" | "secret" | "unknown";

/** One place on a node where a wire can end. `required` inputs must be wired or filled in; `schema` is what goes through. */
export type Port = { name: string; title: string; type: PortType; required: boolean; schema: JsonSchema };

const BY_SCHEMA_TYPE: ReadonlyMap<unknown, PortType> = new Map([
  ["string", "text"],
  ["number", "number"],
  ["integer", "number"],
  ["boolean", "boolean"],
  ["object", "object"],
  ["array", "list"],
]);

export function portTypeOf(schema: { readonly [keyword: string]: unknown }): PortType {
  const declared = studioTypeOf(schema);
  if (declared !== null && declared !== "personal") return declared;
  return BY_SCHEMA_TYPE.get(schema.type) ?? "unknown";
}

/**
 * Whether a wire between these types can ever bring a value that fits: an unknown side is checked during the run. Not so
 * for money and secrets: what is not known to be money is none, and where nothing is declared a secret does not go. [T2]
 */
export function canFlow(from: PortType, to: PortType): boolean {
  if (from === "secret" || to === "money") return from === to;
  if (to === "secret") return from === "text" || from === "unknown";
  return from === "unknown" || to === "unknown" || from === to;
}
