import type { Digest } from "../basics/ids";
import type { Json } from "../basics/json";

/**
 * One value by reference: a property of a value that lies in the store, or a literal of the plan. `at` leads further in,
 * through the items of lists.
 */
export type ValueRef =
  | { from: "stored"; digest: Digest; field: string; at?: readonly number[] | undefined }
  | { from: "constant"; value: Json };

/** What a reference to a stored value means, once the whole value is there; undefined where there is nothing. */
export function referredIn(whole: Json, { field, at = [] }: Extract<ValueRef, { from: "stored" }>): Json | undefined {
  const isObject = typeof whole === "object" && whole !== null && !Array.isArray(whole);
  let found = isObject && Object.hasOwn(whole, field) ? (whole as Record<string, Json>)[field] : undefined;
  for (const place of at) found = Array.isArray(found) ? found[place] : undefined;
  return found;
}

/** Keeps values by their content, outside the state of any run. `put` answers only once the value will last. */
export type ValuesPort = {
  put(value: Json): Promise<Digest>;
  /** Null when no such value is kept. */
  get(digest: Digest): Promise<Json | null>;
};
