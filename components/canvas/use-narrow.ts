"use client";

import { useSyncExternalStore } from "react";

/** Under this width the studio is for reading and running; the same width as `md` in `components/ui/theme.css`. */
const NARROW = "(width < 900px)";

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(NARROW);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(NARROW).matches,
    () => false,
  );
}
