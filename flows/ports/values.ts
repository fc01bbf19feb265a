import type { Digest } from "../basics/ids";
import type { Json } from "../basics/json";

/**
 * One value by reference: a property of a value that lies in the store, all of it where `field` is null, or a literal of
 * the plan. `at` leads further in, through the items of lists and the properties of objects.
 */
export type ValueRef =
  | { from: "stored"; digest: Digest; field: string | null; at?: readonly (string | number)[] | undefined }
  | { from: "constant"; value: Json };

/** What a reference to a stored value means, once the whole value is there; undefined where there is nothing. */
export function referredIn(whole: Json, { field, at = [] }: Extract<ValueRef, { from: "stored" }>): Json | undefined {
  return partOf(field === null ? whole : propertyOf(whole, field), at);
}

/** What lies in a value at the end of a way into it; only properties of its own are looked at. */
export function partOf(value: Json | undefined, at: readonly (string | number)[]): Json | undefined {
  let found = value;
  for (const place of at)
    if (typeof place === "string") found = propertyOf(found, place);
    else found = Array.isArray(found) ? found[place] : undefined;
  return found;
}

function propertyOf(value: Json | undefined, name: string): Json | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, Json>)[name] : undefined;
}

/** Keeps values by their content, outside the state of any run. `put` answers only once the value will last. */
export type ValuesPort = {
  put(value: Json): Promise<Digest>;
  /** Null when no such value is kept. */
  get(digest: Digest): Promise<Json | null>;
};
