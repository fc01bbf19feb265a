"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ShownRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { isOver } from "@/components/panels/runs/status-words";
import type { Debugging } from "@/components/store/debug-slice";
import { useStudio } from "@/components/store/studio-store";
import type { FlowId } from "@/flows/basics/ids";
import { stopsOf } from "./stops";

/** Takes up what this browser keeps for the flow, and keeps what changes. */
export function useKeptDebugging(flow: FlowId, opened: boolean): void {
  useEffect(() => {
    if (!opened) return;
    let stop = () => {};
    let left = false;
    void import("./kept-debugging").then(({ readDebugging, writeDebugging }) => {
      if (left) return;
      useStudio.getState().setDebugging(readDebugging(flow));
      stop = useStudio.subscribe((now, before) => {
        if (now.debugging !== before.debugging && now.flow === flow) writeDebugging(flow, now.debugging);
      });
    });
    return () => {
      left = true;
      stop();
    };
  }, [flow, opened]);
}

type Run = Pick<ShownRun, "run" | "plan">;

/** Changes where runs halt: the next ones, and the one that is shown, while it is under way. */
export function useSetStops(shown: Run | undefined) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const set = useMutation(
    trpc.runs.setStops.mutationOptions({
      onSettled: (_data, _fault, { run }) => queries.invalidateQueries(trpc.runs.get.queryFilter({ run })),
    }),
  );
  function change(part: Partial<Omit<Debugging, "pins">>) {
    useStudio.getState().setDebugging(part);
    if (!shown || isOver(shown.run.status)) return;
    const stops = stopsOf(useStudio.getState().debugging, shown.plan.steps);
    set.mutate({ run: shown.run.id, request: crypto.randomUUID(), stops });
  }
  return { change, fault: set.error };
}
