"use client";

import { useEffect } from "react";

/** What a browser would do with such a key by itself: save the page, mark all of it, look for words. */
const ITS_OWN = "adfgkszy";

let kept: (KeyboardEvent | MouseEvent)[] | null = null;

/** Keeps the keys and the right clicks that come before the commands are loaded, so that no press is lost. */
export function useEarlyPresses(): void {
  useEffect(() => {
    const presses: NonNullable<typeof kept> = [];
    kept = presses;
    const isLate = (event: Event) => kept !== presses || event.defaultPrevented || isTyping(event);
    const keepKey = (event: KeyboardEvent) => {
      if (isLate(event)) return;
      if ((event.ctrlKey || event.metaKey) && ITS_OWN.includes(event.key.toLowerCase())) event.preventDefault();
      presses.push(event);
    };
    const keepClick = (event: MouseEvent) => {
      if (isLate(event) || !(event.target instanceof Element && event.target.closest(".react-flow"))) return;
      event.preventDefault();
      presses.push(event);
    };
    document.addEventListener("keydown", keepKey);
    document.addEventListener("contextmenu", keepClick);
    return () => {
      document.removeEventListener("keydown", keepKey);
      document.removeEventListener("contextmenu", keepClick);
    };
  }, []);
}

/** Presses all that once more, now that somebody listens, and keeps no more. */
export function repeatEarlyPresses(): void {
  const presses = kept ?? [];
  kept = null;
  for (const event of presses) {
    const target = event.target instanceof Element && event.target.isConnected ? event.target : document.body;
    target.dispatchEvent(
      event instanceof KeyboardEvent ? new KeyboardEvent("keydown", event) : new MouseEvent("contextmenu", event),
    );
  }
}

function isTyping({ target }: Event): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]") !== null;
}
