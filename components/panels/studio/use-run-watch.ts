"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLiveMoves } from "@/components/api/live-moves";
import { useTRPC } from "@/components/api/trpc";
import { useStudio } from "@/components/store/studio-store";
import type { FlowId } from "@/flows/basics/ids";
import { progressOf } from "./run-progress";

/** The run on the canvas. Moves make the query stale, wherever they were heard; the store gets what nodes show. */
export function useShownRun() {
  const trpc = useTRPC();
  const run = useStudio((studio) => studio.run);
  return useQuery(trpc.runs.get.queryOptions({ run: run ?? "" }, { enabled: run !== null }));
}

/** Keeps the nodes up with the run; a run that was under way when the flow was opened is taken up again. */
export function useRunWatch(flow: FlowId, opened: boolean) {
  const trpc = useTRPC();
  const { data: shown, isFetching, refetch } = useShownRun();
  const looksBack = useStudio((studio) => studio.looksBack);
  const { data: latest } = useQuery(trpc.runs.list.queryOptions({ flow, take: 1 }));
  const last = latest?.[0];
  const underWay = last && !last.finishedAt && !last.fault ? last.id : null;

  useEffect(() => {
    const studio = useStudio.getState();
    if (opened && underWay && studio.flow === flow && studio.run === null) studio.watch(underWay);
  }, [opened, underWay, flow]);

  // A move that is heard during the very first read does not make that read stale, so it is compared here.
  const [heard, setHeard] = useState<{ run: string; seq: number } | null>(null);
  useLiveMoves((news) => {
    if (news.kind === "moved" && news.run === useStudio.getState().run) setHeard(news);
  });
  useEffect(() => {
    const behind = shown && heard && heard.run === shown.run.id && heard.seq > shown.run.seq;
    if (behind && !isFetching) void refetch();
  }, [shown, heard, isFetching, refetch]);

  useEffect(() => {
    const { run, progressed } = useStudio.getState();
    if (shown && shown.run.id === run && !looksBack) progressed(progressOf(shown));
  }, [shown, looksBack]);
}
