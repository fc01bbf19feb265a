"use client";

import { type QueryFilters, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { gather } from "@/components/api/gather";
import { markLateHydration } from "@/components/api/late-hydration";
import { type LiveNews, useLiveMoves } from "@/components/api/live-moves";
import { useTRPC } from "@/components/api/trpc";

/** A run of six steps moves some twenty times in a second; screens are asked to follow at this pace. */
const PACE_MS = 120;

/** Reads anew what a moved run changes. Once, for all screens: what nobody shows is only marked as stale. */
export function useLiveQueries(): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { moves, late } = useMemo(() => {
    const late = markLateHydration(queries);
    const moves = gather<LiveNews>(PACE_MS, (news) => readAnew({ trpc, refresh: late.stale }, news));
    return { moves, late };
  }, [trpc, queries]);
  useEffect(() => late.watch(), [late]);
  useEffect(() => () => moves.stop(), [moves]);
  useLiveMoves(moves.add);
}

type Reading = { trpc: ReturnType<typeof useTRPC>; refresh(filter: QueryFilters): void };

function readAnew({ trpc, refresh }: Reading, news: readonly LiveNews[]): void {
  const moved = new Set(news.flatMap((each) => (each.kind === "moved" ? [each.run] : [])));
  if (news.every(({ kind }) => kind === "lost")) return; // nobody answers now; what is missed is read when it opens
  if (news.some(({ kind }) => kind === "notices" || kind === "missed")) refresh(trpc.notices.pathFilter());
  if (news.every(({ kind }) => kind === "lost" || kind === "notices")) return;
  if (news.some(({ kind }) => kind === "missed")) {
    refresh(trpc.runs.get.pathFilter());
    refresh(trpc.runs.receipts.pathFilter());
  }
  for (const run of moved) {
    refresh(trpc.runs.get.queryFilter({ run }));
    refresh(trpc.runs.receipts.queryFilter({ run }));
  }
  refresh(trpc.runs.list.pathFilter());
  refresh(trpc.runs.stopped.pathFilter());
  refresh(trpc.flows.list.pathFilter());
  refresh(trpc.approvals.pathFilter());
  refresh(trpc.triggers.pathFilter());
  refresh(trpc.wallet.pathFilter());
}
