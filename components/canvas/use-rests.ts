"use client";

import { useEffect } from "react";
import { useStudio } from "../store/studio-store";

/** How long somebody has to rest for what they type or push next to be a step of undo of its own. */
const REST_MS = 1_000;

/** Whoever rests begins a new step of undo, though they go on in the same place. */
export function useRests(): void {
  useEffect(() => {
    let timer = 0;
    const unsubscribe = useStudio.subscribe((now, before) => {
      if (now.past === before.past) return;
      window.clearTimeout(timer);
      if (now.past.at(-1)?.merge) timer = window.setTimeout(() => useStudio.getState().seal(), REST_MS);
    });
    return () => {
      unsubscribe();
      window.clearTimeout(timer);
    };
  }, []);
}
