import type { Json } from "../basics/json";
import { isRecord, type JsonSchema } from "../types/json-schema";
import { type Port, portTypeOf } from "../types/port-type";
import type { LoweredStep, Offer, Surroundings, Take } from "./kind";

/** Anything at all: what nobody has said more about. */
export const ANY: JsonSchema = true;
export const LIST: JsonSchema = { type: "array" };
export const INDEX: JsonSchema = { type: "integer", minimum: 0 };

/** One port of a node. An input is required unless `more` says otherwise. */
export function port(name: string, title: string, more: { schema?: JsonSchema; required?: boolean } = {}): Port {
  const { schema = ANY, required = true } = more;
  return { name, title, type: isRecord(schema) ? portTypeOf(schema) : "unknown", required, schema };
}

export function outPort(name: string, title: string, schema: JsonSchema = ANY): Port {
  return port(name, title, { schema, required: false });
}

/** A step that takes whatever comes in at these inputs, each under its own name. */
export function takesOf({ wiredInputs }: Surroundings, names: Iterable<string>): Record<string, Take> {
  const wired = [...names].filter((name) => wiredInputs.has(name));
  return Object.fromEntries(wired.map((name) => [name, { from: "input", input: name } as const]));
}

/** The only step of a node. */
export function main(instruction: LoweredStep["instruction"], takes: LoweredStep["takes"]): LoweredStep {
  return { name: "", instruction, takes };
}

/** What came in at an input goes on, once the node's main step has closed on a port. */
export function passedOn(input: string, port: string | null): Offer {
  return { value: "passed_on", input, after: port === null ? null : { step: "", port } };
}

/** A field that the node's main step makes. */
export function made(field: string, schema: JsonSchema, port = "done"): Offer {
  return { value: "made", step: "", field, port, schema };
}

export function literal(value: Json): Take {
  return { from: "constant", value };
}
