import type { Json } from "../basics/json";

/**
 * Where a value comes from. A `step` source is one field of what that step made, in the same body or in one around it;
 * an `each` source is made for every round of the container that it names: the item and its index (from 0), or the
 * value that a loop carries.
 */
export type Source =
  | { from: "input"; field: string }
  | { from: "step"; step: number; field: string }
  | { from: "each"; step: number; field: "item" | "index" | "value" }
  | { from: "constant"; value: Json };

/** A port of a step in the same body. */
export type Gate = { step: number; port: string };

/** A value and the gates that have to be open for it to be there. */
export type Kept = { value: Source; gates: readonly Gate[] };
