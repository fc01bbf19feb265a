import type { StepView } from "@/flows/run/view";

type Timed = Pick<StepView, "op" | "openedAtMs" | "closedAtMs">;
type Stretch = { startMs: number; endMs: number };

/** From the first step's opening to the last one's end, or to now. Units: milliseconds. */
export type Span = { fromMs: number; ms: number };

export function spanOf(steps: readonly Timed[], now: number): Span {
  const opened = steps.flatMap(({ openedAtMs }) => (openedAtMs === null ? [] : [openedAtMs]));
  if (opened.length === 0) return { fromMs: now, ms: 1 };
  const fromMs = Math.min(...opened);
  const ends = steps.flatMap(({ openedAtMs, closedAtMs }) => (openedAtMs === null ? [] : [closedAtMs ?? now]));
  return { fromMs, ms: Math.max(1, Math.max(...ends) - fromMs) };
}

/**
 * Where a step lies on its run, from the start of the run. A closed approval was waiting all the while: only its end is
 * drawn full. Null for a step that has not opened.
 */
export function barOf({ op, openedAtMs, closedAtMs }: Timed, { span, now }: { span: Span; now: number }) {
  if (openedAtMs === null) return null;
  const whole: Stretch = {
    startMs: openedAtMs - span.fromMs,
    endMs: Math.max(openedAtMs, closedAtMs ?? now) - span.fromMs,
  };
  const waited = op === "ask" && closedAtMs !== null;
  return {
    startMs: waited ? whole.endMs : whole.startMs,
    endMs: whole.endMs,
    waits: waited ? [whole] : [],
    tookMs: whole.endMs - whole.startMs,
  };
}
