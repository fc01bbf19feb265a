import type { Json } from "../basics/json";

/**
 * What a setting is filled in with, where its type alone does not say it. The list is closed: the inspector has one control
 * for each, and none for a kind.
 */
export const CONTROLS = [
  "expression",
  "prompt",
  "model",
  "long",
  "names",
  "duration",
  "money",
  "zone",
  "account",
  "approvers",
  "agent",
  "agents",
  "agent_inputs",
  "cap",
  "flow",
  "flows",
  /** A JSON Schema, as fields with a name and a type. */
  "schema",
  /** The same for what a person fills in: with defaults. */
  "form",
  /** Filled in by another setting of the node, and shown. */
  "given",
] as const;
export type Control = (typeof CONTROLS)[number];

/** How a setting is shown, as far as a JSON Schema has no keyword for it. */
export type Shown = {
  control?: Control;
  /** What each value of a choice, or each variant by the value that tells it, is called. */
  names?: Readonly<Record<string, string>>;
  /** What one of a list is called: "case". */
  one?: string;
  /** What a new one of a list begins as, or the setting itself when it is asked for first. */
  fresh?: Json;
  /** These names are ports of the node: wires go with them. */
  ports?: "inputs" | "outputs";
  /** What a text has to be, where a pattern says it to machines. */
  wants?: string;
  /** No two of a list have the same value in this field. */
  differBy?: string;
  /** Asked for only while another setting beside it has this value. */
  when?: { field: string; is: Json };
};

/** Keywords of JSON Schema for what a kind checks by a function of its own. */
type Keywords = {
  pattern?: string;
  minLength?: number;
  not?: { enum: readonly string[] };
  uniqueItems?: true;
  minProperties?: number;
  maxProperties?: number;
};

export type Words = { title: string; description?: string } & Shown & { keywords?: Keywords };

/** The words and the control of a setting, for `.meta()` of its schema. They go into its JSON Schema under `x-shown`. */
export function shown({ title, description, keywords = {}, ...how }: Words) {
  return {
    title,
    ...(description ? { description } : {}),
    ...keywords,
    ...(Object.keys(how).length > 0 ? { "x-shown": how } : {}),
  };
}
