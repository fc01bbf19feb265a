"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ShownRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { isOver } from "@/components/panels/runs/status-words";
import type { Debugging } from "@/components/store/debug-slice";
import { useStudio } from "@/components/store/studio-store";
import { stopsOf } from "./stops";

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
