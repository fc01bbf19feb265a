/** What flows through a port, as coarse as the canvas shows it. */
export type PortType = "text" | "number" | "boolean" | "object" | "list" | "unknown";

/** One place on a node where a wire can end. `required` inputs must be wired or filled in. */
export type Port = { name: string; title: string; type: PortType; required: boolean };

const BY_SCHEMA_TYPE: Readonly<Record<string, PortType>> = {
  string: "text",
  number: "number",
  integer: "number",
  boolean: "boolean",
  object: "object",
  array: "list",
};

export function portTypeOf(schema: { type?: string | undefined }): PortType {
  return BY_SCHEMA_TYPE[schema.type ?? ""] ?? "unknown";
}

/** Whether a wire between these types can ever bring a value that fits: an unknown side is checked during the run. [T2] */
export function canFlow(from: PortType, to: PortType): boolean {
  return from === "unknown" || to === "unknown" || from === to;
}
