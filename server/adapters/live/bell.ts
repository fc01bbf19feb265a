/** Says that there is something to read, never what: however often it rings, whoever is slow reads once. */
export type Bell = { ring(): void; heard(): Promise<void> };

/** `heard` resolves at once when it has rung since the last time, and when whoever waits is gone. */
export function bell(signal: AbortSignal): Bell {
  let hasRung = false;
  let wake: (() => void) | null = null;

  function ring(): void {
    hasRung = true;
    wake?.();
  }
  signal.addEventListener("abort", ring, { once: true });

  return {
    ring,
    async heard() {
      if (!hasRung && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      hasRung = false;
      wake = null;
    },
  };
}
