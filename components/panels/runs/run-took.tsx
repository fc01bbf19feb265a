"use client";

import type { RunInList } from "@/components/api/answers";
import { useNow } from "@/components/panels/runs/use-now";
import { formatDuration } from "@/components/ui/duration";

/** How long a run took, or has been under way. */
export function RunTook({ run: { createdAt, finishedAt } }: { run: Pick<RunInList, "createdAt" | "finishedAt"> }) {
  const now = useNow(finishedAt === null);
  const endMs = finishedAt?.getTime() ?? now;
  if (endMs === 0) return <span className="text-faint">…</span>;
  return <span className="font-mono tabular-nums">{formatDuration(Math.max(0, endMs - createdAt.getTime()))}</span>;
}
