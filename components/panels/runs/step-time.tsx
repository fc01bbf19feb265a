"use client";

import { Moment } from "@/components/panels/runs/moment";
import { useNow } from "@/components/panels/runs/use-now";
import { formatDuration } from "@/components/ui/duration";

/** When a step opened and how long it took, or takes. Two rows of a list of facts. */
export function StepTime({ openedAtMs, closedAtMs }: { openedAtMs: number; closedAtMs: number | null }) {
  const now = useNow(closedAtMs === null);
  const endMs = closedAtMs ?? Math.max(now, openedAtMs);
  return (
    <>
      <dt className="text-muted">Opened</dt>
      <dd>
        <Moment at={new Date(openedAtMs)} look="exact" />
      </dd>
      <dt className="text-muted">{closedAtMs === null ? "Open for" : "Took"}</dt>
      <dd className="font-mono tabular-nums">{formatDuration(endMs - openedAtMs)}</dd>
    </>
  );
}
