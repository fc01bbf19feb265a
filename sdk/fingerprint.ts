import { createHash } from "node:crypto";

/** Names a piece of work by its content. Keys are sorted: a caller that restores its body from a database may reorder them. */
export function fingerprint(work: unknown): string {
  const sorted = JSON.stringify(work, (_key, value: unknown) =>
    isPlain(value) ? Object.fromEntries(Object.entries(value).sort(byName)) : value,
  );
  return createHash("sha256").update(sorted).digest("hex");
}

/** How deep lists and objects lie in each other. Counted without recursion, which hostile input would exhaust. */
export function deeperThan(limit: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
