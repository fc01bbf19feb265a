import { LARGEST } from "./limits";

/** Settings of one node: twice what the largest form may have. With a document around them they stay below its depth. */
const SETTINGS = { depth: LARGEST.depth - 8, values: 20_000 };

/** Keys that reach an object's prototype where somebody assigns by name. */
const FORBIDDEN = ["__proto__", "constructor", "prototype"];

/** Half of a surrogate pair cannot be written in UTF-8, and U+0000 in no text of the database. */
export const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** What every text with such a character has, and few others: asking this first is many times faster. */
const SUSPECT = /[\0\ud800-\udfff]/;

export function isForbiddenKey(key: string): boolean {
  return FORBIDDEN.includes(key);
}

export function isStorable(text: string): boolean {
  return !SUSPECT.test(text) || text.search(UNSTORABLE) < 0;
}

type Level = { readonly parts: readonly unknown[]; readonly depth: number };

export type PlainJson = "plain" | "not_plain" | "too_deep" | "too_large";

/**
 * Whether something is JSON all through: plain objects, lists, texts, finite numbers; no forbidden key, no text that cannot
 * be stored. Walks without recursion and counts what it passes, so that depth, circles, and one object that stands in a
 * thousand places end here.
 */
export function judgePlainJson(root: unknown, most: { depth: number; values: number }): PlainJson {
  const todo: Level[] = [{ parts: [root], depth: 0 }];
  let values = 0;
  for (let level = todo.pop(); level; level = todo.pop()) {
    values += level.parts.length;
    if (values > most.values) return "too_large";
    if (level.depth > most.depth) return "too_deep";
    for (const part of level.parts) {
      const inside = partsOf(part);
      if (inside === null) return "not_plain";
      if (inside.length > 0) todo.push({ parts: inside, depth: level.depth + 1 });
    }
  }
  return "plain";
}

/** Whether settings, or one of them, can be stored and written to a file. */
export function isPlainJson(value: unknown): boolean {
  return judgePlainJson(value, SETTINGS) === "plain";
}

/** What lies in a value; nothing in a scalar; null when it is no JSON. */
function partsOf(value: unknown): readonly unknown[] | null {
  if (typeof value === "string") return isStorable(value) ? [] : null;
  if (typeof value !== "object" || value === null) return isScalar(value) ? [] : null;
  if (Array.isArray(value)) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return null;
  const keys = Object.keys(value);
  return keys.every((key) => isStorable(key) && !isForbiddenKey(key)) ? Object.values(value) : null;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === "boolean" || Number.isFinite(value);
}
