"use client";

import Link from "next/link";
import type { ShownRun } from "@/components/api/answers";
import { PauseRun } from "@/components/panels/runs/pause-run";
import { isOver, runShown } from "@/components/panels/runs/status-words";
import { StopRun } from "@/components/panels/runs/stop-run";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { Money } from "@/components/ui/money";
import { StatusMark } from "@/components/ui/status-mark";

/** The run on the canvas in one line: how it stands, what it spent, and what can be done about it. */
export function RunHeader({ shown }: { shown: ShownRun }) {
  const { run } = shown;
  const over = isOver(run.status);
  return (
    <header className="flex flex-wrap items-center gap-3 px-4 py-2">
      <StatusMark look="tag" {...runShown(run)} />
      <span className="text-12 text-muted">
        Spent <Money currency={run.spent.currency} amount={run.spent.amount} kind="spent" /> of at most{" "}
        <Money currency={run.budget.currency} amount={run.budget.amount} kind="worst" />
      </span>
      <span className="ml-auto flex gap-2">
        {over ? (
          <Button tone="ghost" onClick={() => useStudio.getState().watch(null)}>
            Clear from canvas
          </Button>
        ) : (
          <>
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
