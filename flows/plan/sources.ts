import type { Json } from "../basics/json";

/** A way into a value: the names of properties, and the places of items. */
export type Path = readonly (string | number)[];

/**
 * Where a value comes from. A `step` source is one field of what that step made, in the same body or in one around it, or
 * with null all of it; an `each` source is made for every round of the container that it names: the item and its index
 * (from 0), or the value that a loop carries. `at` leads further in.
 */
export type Source =
  | { from: "input"; field: string }
  | { from: "step"; step: number; field: string | null; at?: Path }
  | { from: "each"; step: number; field: "item" | "index" | "value"; at?: Path }
  | { from: "constant"; value: Json };

/** A port of a step in the same body. */
export type Gate = { step: number; port: string };

/** A value and the gates that have to be open for it to be there. */
export type Kept = { value: Source; gates: readonly Gate[] };
