"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, RotateCcw } from "lucide-react";
import { useId, useMemo, useState } from "react";
import type { ShownRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { ForkDialog } from "@/components/panels/debugging/fork-dialog";
import { eventWords } from "@/components/panels/runs/event-words";
import { type PastRun, pastOf } from "@/components/panels/runs/past-of";
import { titleOf } from "@/components/panels/runs/status-words";
import { Button } from "@/components/ui/button";
import { formatDuration } from "@/components/ui/duration";
import { IconButton } from "@/components/ui/icon-button";
import type { RunId } from "@/flows/basics/ids";
import type { RunEvent } from "@/flows/run/events";

export type LookBackProps = {
  shown: ShownRun;
  /** What people call the nodes, by node id. */
  titles: Readonly<Record<string, string>>;
  /** The run as it stood at the chosen event; null for as it stands. */
  onPast(past: PastRun | null): void;
  onForked(run: RunId): void;
};

/** The journal under a slider: each event moves the run as it moved then. Nothing is executed or paid again. */
export function LookBack({ shown, titles, onPast, onForked }: LookBackProps) {
  const trpc = useTRPC();
  const label = useId();
  const [place, setPlace] = useState<number | null>(null);
  const [forking, setForking] = useState(false);
  const journal = useQuery(
    trpc.runs.events.queryOptions(
      { run: shown.run.id },
      { enabled: place !== null, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const events = useMemo(() => journal.data && eventsOf(journal.data), [journal.data]);
  const at = place ?? shown.seq;

  function look(next: number) {
    const wanted = Math.min(Math.max(next, 1), shown.seq);
    setPlace(wanted);
    if (events && events.length >= wanted) onPast(pastOf(shown, events, wanted));
    else
      void journal.refetch().then(({ data }) => {
        if (data) onPast(pastOf(shown, eventsOf(data), wanted));
      });
  }

  function now() {
    setPlace(null);
    onPast(null);
  }

  const event = events?.[at - 1];
  const began = events?.[0]?.atMs;
  const words = event && place !== null ? eventWords(shown.run.id as RunId, event, nameOf) : "As it stands";
  const when = event && began !== undefined && place !== null ? ` · ${formatDuration(event.atMs - began)}` : "";

  function nameOf(step: string, path: readonly number[]) {
    const found = shown.steps.find((each) => each.step === step);
    return titleOf({ ...found, node: found?.node ?? (step as never), path }, titles);
  }

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-1">
      <span id={label} className="text-12 text-muted">
        Journal
      </span>
      <IconButton label="Event before" icon={<ChevronLeft />} disabled={at <= 1} onClick={() => look(at - 1)} />
      <input
        type="range"
        min={1}
        max={Math.max(1, shown.seq)}
        value={at}
        aria-labelledby={label}
        aria-valuetext={`Event ${at} of ${shown.seq}: ${words}`}
        onChange={({ target }) => look(Number(target.value))}
        className="h-control min-w-24 flex-1 accent-accent"
      />
      <IconButton label="Event after" icon={<ChevronRight />} disabled={at >= shown.seq} onClick={() => look(at + 1)} />
      <span className="min-w-0 basis-56 truncate text-12 tabular-nums" aria-live="polite">
        <span className="text-muted">
          {at} of {shown.seq}
          {when} ·{" "}
        </span>
        {words}
      </span>
      {place !== null && (
        <>
          <IconButton label="Run on from here" icon={<RotateCcw />} onClick={() => setForking(true)} />
          <Button tone="ghost" onClick={now}>
            Back to now
          </Button>
        </>
      )}
      {journal.error && <ApiFault fault={journal.error} />}
      {forking && (
        <ForkDialog
          shown={shown}
          from={{ after: at }}
          title={`Run on from event ${at}?`}
          onClose={() => setForking(false)}
          onForked={(run) => {
            now();
            onForked(run);
          }}
        />
      )}
    </div>
  );
}

const eventsOf = (entries: readonly { event: RunEvent }[]): readonly RunEvent[] => entries.map(({ event }) => event);
