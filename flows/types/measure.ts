/** How big something is, or why it is no JSON: counted without recursion, so that depth and cycles end here. */
export type Measured = { ok: true; values: number } | { ok: false; fault: "not_json" | "too_large" };

export type Limits = { values: number; depth: number; characters: number };

/** A half of a surrogate pair: it cannot be written in UTF-8, and a JSON pointer through it throws. */
const HALF_CHARACTER = /\p{Surrogate}/u;

type Container = { readonly parts: readonly unknown[]; readonly depth: number };
type Tally = { readonly todo: Container[]; values: number; characters: number };

export function measure(root: unknown, limits: Limits): Measured {
  const tally: Tally = { todo: [{ parts: [root], depth: 0 }], values: 0, characters: 0 };
  for (let next = tally.todo.pop(); next; next = tally.todo.pop()) {
    const { parts, depth } = next;
    const tooMany = tally.values + parts.length > limits.values || tally.characters > limits.characters;
    if (tooMany || (depth > limits.depth && parts.length > 0)) return { ok: false, fault: "too_large" };
    for (const part of parts) if (!count(part, depth + 1, tally)) return { ok: false, fault: "not_json" };
  }
  return tally.characters > limits.characters ? { ok: false, fault: "too_large" } : { ok: true, values: tally.values };
}

/** Counts one value and leaves what is in it for later. False: it is no JSON. */
function count(value: unknown, depth: number, tally: Tally): boolean {
  tally.values += 1;
  if (typeof value === "string") tally.characters += value.length;
  if (typeof value !== "object" || value === null) return isScalar(value);
  if (Array.isArray(value)) {
    tally.todo.push({ parts: value, depth });
    return true;
  }
  const names = Object.keys(value).join("\n");
  tally.characters += names.length;
  tally.todo.push({ parts: Object.values(value), depth });
  return !HALF_CHARACTER.test(names);
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
