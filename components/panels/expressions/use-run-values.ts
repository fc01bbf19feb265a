"use client";

import { type UseQueryResult, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/api/trpc";
import { useStudio } from "@/components/store/studio-store";
import type { NodeId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { type StepView, viewOf } from "@/flows/run/view";
import { digestsIn, lastGiven, valuesOf } from "./run-values";

/** What the variables of a node were in a run. `run` is null for a dry run, which was simulated. */
export type RunValues = {
  run: string | null;
  watched: boolean;
  begunAt: Date | null;
  /** In which rounds, counted from 0. */
  path: readonly number[];
  values: Readonly<Record<string, Json>>;
};

/** A larger one would take longer to send to the worker than a person waits for. Units: characters of JSON. */
const MOST_TRIED = 2_000_000;

/** The run that the canvas shows, else the last one of the flow. Null where the node was given nothing in it. */
export function useRunValues(node: NodeId): RunValues | null {
  const trpc = useTRPC();
  const tried = useStudio((studio) => studio.tried);
  const watched = useStudio((studio) => studio.run);
  const flow = useStudio((studio) => studio.flow);
  const asks = tried === null && watched === null && flow !== null;
  const { data: latest } = useQuery(
    trpc.runs.list.queryOptions({ flow: flow ?? undefined, take: 1 }, { enabled: asks }),
  );
  const run = tried ? null : (watched ?? latest?.[0]?.id ?? null);
  const { data: shown } = useQuery(trpc.runs.get.queryOptions({ run: run ?? "" }, { enabled: run !== null }));

  const dry = useMemo(() => (tried ? viewOf(tried.plan, tried.events).steps : null), [tried]);
  const steps: readonly StepView[] | null = dry ?? shown?.steps ?? null;
  const step = useMemo(() => (steps ? lastGiven(steps, node) : null), [steps, node]);
  const digests = useMemo(() => (step ? digestsIn(step.input) : []), [step]);
  const kept = useQueries({
    queries: digests.map((digest) =>
      trpc.runs.value.queryOptions(
        { run: run ?? "", digest },
        { staleTime: Number.POSITIVE_INFINITY, enabled: run !== null },
      ),
    ),
    combine: whenAll,
  });

  return useMemo(() => {
    const stored = tried
      ? new Map(Object.entries(tried.values))
      : kept && new Map(digests.map((digest, place) => [digest, kept[place]]));
    if (!step || !stored) return null;
    const values = valuesOf(step, stored as ReadonlyMap<string, Json | null>);
    if (Object.keys(values).length === 0 || JSON.stringify(values).length > MOST_TRIED) return null;
    const begunAt = tried ? null : (shown?.run.createdAt ?? null);
    return { run, watched: watched !== null, begunAt, path: step.path, values };
  }, [tried, kept, digests, step, run, watched, shown]);
}

/** Every value, once all of them are here. */
function whenAll(results: readonly UseQueryResult<Json | null, unknown>[]): readonly (Json | null)[] | null {
  const found = results.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return found.length === results.length ? found : null;
}
