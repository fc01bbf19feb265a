export type ProgressBarProps = {
  label: string;
  /** From 0 to 1. */
  done: number;
};

/** How much of some work is done. It moves gently, and at once where motion is reduced. */
export function ProgressBar({ label, done }: ProgressBarProps) {
  const percent = Math.round(done * 100);
  return (
    <div className="flex items-center gap-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="flex h-2 min-w-0 flex-1 overflow-hidden border border-control bg-sunken"
      >
        <span
          style={{ width: `${percent}%` }}
          className="bg-live transition-[width] duration-(--quick) ease-(--ease)"
        />
      </div>
      <span className="font-mono text-12 text-muted tabular-nums" aria-hidden>
        {percent} %
      </span>
    </div>
  );
}
