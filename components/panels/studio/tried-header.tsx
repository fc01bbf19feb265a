"use client";

import { FlaskConical } from "lucide-react";
import { useEffect, useMemo } from "react";
import { runShown } from "@/components/panels/runs/status-words";
import type { Tried } from "@/components/store/run-slice";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { StatusMark } from "@/components/ui/status-mark";
import { statusOf } from "@/flows/run/status";
import { viewOf } from "@/flows/run/view";
import { progressOf } from "./run-progress";

/** What a dry run came to in one line, beside what the nodes show of it. */
export function TriedHeader({ tried: { document, plan, events } }: { tried: Tried }) {
  const { state, steps } = useMemo(() => viewOf(plan, events), [plan, events]);
  useEffect(() => useStudio.getState().progressed(progressOf({ steps, document })), [steps, document]);
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface px-4 py-2">
      <FlaskConical aria-hidden className="text-muted" />
      <strong>Dry run, simulated</strong>
      {state && <StatusMark look="tag" {...runShown({ status: statusOf(state) })} />}
      {state && (
        <span className="text-12 text-muted">
          Would have spent <Money currency={state.spent.currency} amount={state.spent.amount} />
        </span>
      )}
      <Button tone="ghost" className="ml-auto" onClick={() => useStudio.getState().watch(null)}>
        Clear from canvas
      </Button>
      <p className="basis-full text-12 text-muted">
        In this page only. Agents delivered samples that fit their schemas; nobody was called, asked or paid.
      </p>
    </header>
  );
}
