"use client";

import { useCallback, useSyncExternalStore } from "react";

const PREFIX = "studio:";
const listeners = new Set<() => void>();
const session = new Map<string, string>();

/** A small choice of this browser, the same in every place that asks for its key. Without a key nothing is kept. */
export function useRemembered(key: string | null, first: string): [string, (next: string) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => (key === null ? first : read(key)) ?? first,
    () => first,
  );
  const set = useCallback((next: string) => key !== null && write(key, next), [key]);
  return [value, set];
}

/** A browser may refuse storage (private windows); then the choice lasts as long as the page. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key) ?? session.get(key) ?? null;
  } catch {
    return session.get(key) ?? null;
  }
}

function write(key: string, value: string) {
  session.set(key, value);
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Kept in `session` above.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
