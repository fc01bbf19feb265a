import { clsx } from "clsx";
import { formatDuration } from "@/components/ui/duration";

const STEPS = [1, 2, 5];
const AT_MOST = 5;

/** Round times inside a span: steps of 1, 2 or 5 times a power of ten, at most five of them. */
export function roundTicks(spanMs: number): number[] {
  for (let power = 1; power <= spanMs; power *= 10)
    for (const step of STEPS)
      if (spanMs / (step * power) <= AT_MOST)
        return Array.from({ length: Math.floor(spanMs / (step * power)) + 1 }, (_, tick) => tick * step * power);
  return [0];
}

/** The scale above the bars of a run. Give it the same width as the bars. */
export function TimeRuler({ spanMs, className }: { spanMs: number; className?: string }) {
  return (
    <div
      aria-hidden
      className={clsx("@container relative h-6 border-b font-mono text-12 text-faint tabular-nums", className)}
    >
      {roundTicks(spanMs).map((ms, place) => (
        <span
          key={ms}
          style={{ left: `${(100 * ms) / Math.max(spanMs, 1)}%` }}
          className="absolute bottom-0 whitespace-nowrap border-line-strong border-l pl-1"
        >
          <span className={clsx(place % 2 === 1 && "@max-xs:hidden")}>{formatDuration(ms)}</span>
        </span>
      ))}
    </div>
  );
}
