import type { Json } from "../basics/json";

/** What this studio writes. Documents of earlier versions are brought up to it. */
export const VERSION = 2;

type Plain = { readonly [key: string]: Json };

/**
 * How a document of one version becomes one of the next, as plain JSON: a migration must go on working when the types of
 * today have moved on. None loses anything.
 */
const migrations: { readonly [from: number]: (document: Plain) => Plain } = {
  // Version 2 knows containers (`parent` of a node) and pinned flows (`flows`). Version 1 could not say either.
  1: (document) => ({ ...document, version: 2 }),
};

/** What a document says of its own version; null when it says nothing that could be one. */
export function versionOf(document: Json): number | null {
  const version = isObject(document) ? document.version : null;
  return typeof version === "number" && Number.isSafeInteger(version) && version >= 1 ? version : null;
}

/** The same document as this studio writes it, one version after the other. What is no document is left as it is. */
export function upToDate(document: Json): Json {
  let current = document;
  for (let version = versionOf(current); version !== null && version < VERSION; version = versionOf(current)) {
    const migrate = migrations[version];
    if (!migrate || !isObject(current)) return current;
    current = migrate(current);
  }
  return current;
}

function isObject(value: Json): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
