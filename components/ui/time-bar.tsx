import { clsx } from "clsx";
import { type Status, statusWord } from "@/components/ui/status-mark";

/** A stretch of time inside a run, in milliseconds since its start. */
export type Stretch = { startMs: number; endMs: number };

const FILL: Record<Status, string> = {
  waiting: "hatched border-line-strong bg-surface text-faint",
  running: "bg-live border-live",
  paused: "hatched border-line-strong bg-surface text-faint",
  needs_you: "hatched border-warn bg-surface text-warn",
  done: "bg-muted border-muted",
  failed: "bg-bad border-bad",
  skipped: "border-line-strong border-dashed bg-surface",
  denied: "bg-bad border-bad",
  stopped: "bg-faint border-faint",
  outcome_unknown: "hatched border-warn border-dashed bg-surface text-warn",
};

const percent = (part: number, whole: number) => `${whole > 0 ? Math.min(100, Math.max(0, (100 * part) / whole)) : 0}%`;

export type TimeBarProps = Stretch & {
  status: Status;
  /** The length of the whole track. */
  spanMs: number;
  /** Parts in which the step only waited, for people or for its turn: hatched. */
  waits?: readonly Stretch[];
  label: string;
};

/** One step on the track of its run. */
export function TimeBar({ status, startMs, endMs, spanMs, waits = [], label }: TimeBarProps) {
  const at = (part: Stretch) => ({
    left: percent(part.startMs, spanMs),
    width: percent(part.endMs - part.startMs, spanMs),
  });
  return (
    <div role="img" aria-label={`${label}: ${statusWord(status)}`} className="relative h-3 min-w-0">
      <span className="absolute inset-x-0 top-1/2 border-line border-t" />
      {waits.map((wait) => (
        <span
          key={wait.startMs}
          style={at(wait)}
          className="hatched absolute inset-y-0 min-w-0.5 border border-line-strong bg-surface text-faint"
        />
      ))}
      <span style={at({ startMs, endMs })} className={clsx("absolute inset-y-0 min-w-0.5 border", FILL[status])} />
    </div>
  );
}
