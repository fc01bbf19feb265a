/** Where something that floats belongs: the same landmark or dialog as its trigger, so that it is announced as part of it. */
export function landmarkOf(trigger: Element | null): HTMLElement | undefined {
  return trigger?.closest<HTMLElement>("[role=dialog], main, header") ?? undefined;
}

/** After closing, focus goes back to the trigger, unless a person has already put it somewhere else. */
export function returnFocus(trigger: Element | null) {
  if (document.activeElement === null || document.activeElement === document.body)
    trigger?.querySelector("button")?.focus();
}
