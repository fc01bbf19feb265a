"use client";

import Link from "next/link";
import type { ShownRun } from "@/components/api/answers";
import { StopsButton } from "@/components/panels/debugging/stops-button";
import { PauseRun } from "@/components/panels/runs/pause-run";
import { isOver, runShownWith } from "@/components/panels/runs/status-words";
import { StopRun } from "@/components/panels/runs/stop-run";
import { useStudio } from "@/components/store/studio-store";
import { BoundMeter } from "@/components/ui/bound-meter";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { StatusMark } from "@/components/ui/status-mark";

/** The run on the canvas in one line: how it stands, what it spent, and what can be done about it. `seen` is the moment that is looked at. */
export function RunHeader({ shown, seen = shown }: { shown: ShownRun; seen?: ShownRun }) {
  const { run } = shown;
  const over = isOver(run.status);
  return (
    <header className="flex flex-wrap items-center gap-2 py-2 pr-3 pl-4">
      <StatusMark look="tag" {...runShownWith(seen.run, seen.steps)} />
      <BoundMeter
        compact
        className="min-w-40"
        currency={run.budget.currency}
        bound={run.budget.amount}
        spent={seen.run.spent.amount}
        reserved={isOver(seen.run.status) ? 0n : run.budget.amount - seen.run.spent.amount}
      />
      <span className="ml-auto flex flex-wrap gap-1 max-md:ml-0 max-md:gap-2">
        {over ? (
          <Button tone="ghost" onClick={() => useStudio.getState().watch(null)}>
            Clear from canvas
          </Button>
        ) : (
          <>
            <StopsButton shown={shown} />
            <PauseRun shown={shown} />
            <StopRun run={run.id} />
          </>
        )}
        <Link href={`/runs/${run.id}`} className={buttonStyle()}>
          Open the run
        </Link>
      </span>
    </header>
  );
}
