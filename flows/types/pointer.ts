/** What stands at a place of a document, named as `#/a/0/b`; undefined where nothing is. Own properties only. */
export function atPointer(document: unknown, ref: string): unknown {
  if (ref === "#") return document;
  if (!ref.startsWith("#/")) return undefined;
  let found: unknown = document;
  for (const part of ref.slice(2).split("/")) {
    const name = decoded(part);
    if (typeof found !== "object" || found === null || name === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return null; // no such name can have been written
  }
}
