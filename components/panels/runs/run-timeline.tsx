"use client";

import { clsx } from "clsx";
import { useId } from "react";
import { partWords, shownSteps } from "@/components/panels/runs/model-steps";
import { stepShown, titleOf } from "@/components/panels/runs/status-words";
import { barOf, spanOf } from "@/components/panels/runs/time-span";
import { useNow } from "@/components/panels/runs/use-now";
import { formatDuration } from "@/components/ui/duration";
import { StatusGlyph } from "@/components/ui/status-mark";
import { TimeBar } from "@/components/ui/time-bar";
import { TimeRuler } from "@/components/ui/time-ruler";
import type { StepView } from "@/flows/run/view";

export type RunTimelineProps = {
  steps: readonly StepView[];
  /** What people call the nodes, by node id. */
  titles?: Readonly<Record<string, string>>;
  /** The id of the step that is shown elsewhere on the screen. */
  selected: string | null;
  onSelect(step: string): void;
  /** The keys of the steps that made the run take as long as it took, once that is known. */
  critical?: ReadonlySet<string> | undefined;
};

/** Every step as a bar on the time of its run; while it only waits, the bar is hatched. */
export function RunTimeline({ steps, titles = {}, selected, onSelect, critical }: RunTimelineProps) {
  const id = useId();
  const now = useNow(steps.some(({ openedAtMs, closedAtMs }) => openedAtMs !== null && closedAtMs === null));
  const span = spanOf(steps, now);
  const rows = shownSteps(steps);
  return (
    <div className="min-w-0">
      <div className="flex gap-3 px-4 max-sm:hidden" aria-hidden>
        <span className="w-2/5 shrink-0" />
        <TimeRuler spanMs={span.ms} className="min-w-0 flex-1" />
        <span className="w-20 shrink-0 border-b" />
      </div>
      <ol aria-label="Steps" className="flex flex-col py-1">
        {rows.map((step, place) => {
          const { status, word } = stepShown(step);
          const title = titleOf(step, titles);
          const part = partWords(step, step.agent);
          const bar = barOf(step, { span, now });
          return (
            <li key={step.key}>
              <button
                type="button"
                aria-current={selected === step.key ? "step" : undefined}
                aria-labelledby={`${id}-${place}`}
                onClick={() => onSelect(step.key)}
                className={clsx(
                  "quick flex min-h-control w-full items-center gap-x-3 border-l-2 px-4 text-left max-sm:flex-wrap max-sm:py-1 -outline-offset-2 hover:bg-hover aria-[current=step]:bg-selected",
                  critical?.has(step.key) ? "border-l-warn" : "border-l-transparent",
                )}
                title={
                  critical?.has(step.key) ? "On the critical path: a faster step here makes the run faster" : undefined
                }
              >
                <span className="flex w-2/5 shrink-0 items-center gap-2 max-sm:w-auto max-sm:min-w-0 max-sm:flex-1">
                  <StatusGlyph status={status} />
                  <span id={`${id}-${place}`} className={clsx("min-w-0 truncate", part && "pl-4")}>
                    {part ? <span className="sr-only">{title}</span> : title}
                    {part && <span aria-hidden>{`${part[0]?.toUpperCase()}${part.slice(1)}`}</span>}
                    <span className="sr-only">, {word}</span>
                    {critical?.has(step.key) && <span className="sr-only">, on the critical path</span>}
                  </span>
                </span>
                <span className="min-w-0 flex-1 max-sm:order-last max-sm:basis-full" aria-hidden>
                  {bar ? <TimeBar {...bar} spanMs={span.ms} status={status} label={title} /> : <NotOpened />}
                </span>
                <span className="w-20 shrink-0 whitespace-nowrap text-right font-mono text-12 text-muted tabular-nums">
                  {bar && formatDuration(bar.tookMs)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function NotOpened() {
  return <span className="block border-line border-t" />;
}
