import type { Kept } from "./panels-slice";

/** A text under one key of this browser. Without storage (private windows, servers) nothing is kept. */
export function browserKeep(key: string): Kept & { remove(): void } {
  const at = `studio:${key}`;
  return {
    read: () => attempt(() => localStorage.getItem(at)),
    write: (text) => attempt(() => localStorage.setItem(at, text)),
    remove: () => attempt(() => localStorage.removeItem(at)),
  };
}

function attempt<T>(act: () => T): T | null {
  try {
    return typeof localStorage === "undefined" ? null : act();
  } catch {
    return null;
  }
}
