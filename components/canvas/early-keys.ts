"use client";

import { useEffect } from "react";

/** What a browser would do with such a key by itself: save the page, mark all of it, look for words. */
const ITS_OWN = "adfgkszy";

let pressed: KeyboardEvent[] | null = null;

/** Keeps the keys that somebody presses before the commands are loaded, so that no press is lost. */
export function useEarlyKeys(): void {
  useEffect(() => {
    const keys: KeyboardEvent[] = [];
    pressed = keys;
    const keep = (event: KeyboardEvent) => {
      if (pressed !== keys || event.defaultPrevented || isTyping(event)) return;
      if ((event.ctrlKey || event.metaKey) && ITS_OWN.includes(event.key.toLowerCase())) event.preventDefault();
      keys.push(event);
    };
    document.addEventListener("keydown", keep);
    return () => document.removeEventListener("keydown", keep);
  }, []);
}

/** Presses those keys once more, now that somebody listens, and keeps no others. */
export function pressEarlyKeys(): void {
  const keys = pressed ?? [];
  pressed = null;
  for (const event of keys) {
    const target = event.target instanceof Element && event.target.isConnected ? event.target : document.body;
    target.dispatchEvent(new KeyboardEvent("keydown", event));
  }
}

function isTyping({ target }: Event): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]") !== null;
}
