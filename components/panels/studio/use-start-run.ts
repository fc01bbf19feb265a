"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { domainErrorOf } from "@/components/api/api-error";
import { useTRPC } from "@/components/api/trpc";
import type { Pin } from "@/components/store/debug-slice";
import { useStudio } from "@/components/store/studio-store";
import type { Digest, FlowId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { Money } from "@/flows/basics/money";
import type { Stop } from "@/flows/run/events";
import { agentsChanged } from "./agents-changed";
import { freshId } from "./fresh-id";

export type Terms = { hash: Digest; bound: readonly Money[] };
/** New terms, and what of the agents makes them new, a sentence each. */
export type ChangedTerms = Terms & { said: readonly string[] };
export type Rail = "trial_microcredits" | "microcredits";
/** What a person chooses among: both kinds of credits, or an escrow of the run's own. */
export type ChosenRail = Rail | "escrow";
/** `stops` and `pins` are how somebody wants to look into this run. */
export type Debug = { stops: readonly Stop[]; pins: readonly Omit<Pin, "node" | "run">[] };
export type StartAsk = { terms: Terms; currency: Rail; input: Record<string, Json>; debug: Debug };

/** The drawing could not be saved, so the server would run something else than what was shown. */
export class NotSaved extends Error {}

/**
 * Starts a run of what is drawn, saved first. When the plan is not the one that was shown any more, `changed` holds
 * the new terms and nothing has started: the person is asked again.
 */
export function useStartRun(flow: FlowId, onStarted: (run: string) => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  // One id for all attempts, so that an answer that got lost cannot start a second run.
  const [run] = useState(freshId);
  const [changed, setChanged] = useState<ChangedTerms | null>(null);
  const { mutateAsync } = useMutation(trpc.runs.start.mutationOptions());
  type SentInput = Parameters<typeof mutateAsync>[0]["input"]; // the same values, in the API's own words
  type SentPins = NonNullable<NonNullable<Parameters<typeof mutateAsync>[0]["debug"]>["pins"]>;
  const start = useMutation({
    mutationFn: async ({ terms, currency, input, debug }: StartAsk) => {
      if (!(await useStudio.getState().flush())) throw new NotSaved();
      const own =
        debug.stops.length + debug.pins.length > 0
          ? {
              debug: {
                stops: [...debug.stops],
                pins: debug.pins.map(({ path, ...pin }) => ({ ...pin, path: [...path] })) as SentPins,
              },
            }
          : {};
      return mutateAsync({ flow, run, plan: terms.hash, currency, input: input as SentInput, ...own });
    },
    onSuccess: (started) => {
      void queries.invalidateQueries(trpc.runs.list.pathFilter());
      void queries.invalidateQueries(trpc.wallet.pathFilter());
      onStarted(started.run);
    },
    onError: async (fault) => {
      const error = domainErrorOf(fault);
      if (error?.code !== "plan_changed") return;
      const terms = { hash: error.now, bound: error.bound };
      setChanged((known) => ({ ...terms, said: known?.said ?? [] }));
      const agents = trpc.registry.agents.queryOptions();
      const before = queries.getQueryData(agents.queryKey) ?? [];
      await queries.invalidateQueries(trpc.registry.pathFilter());
      const after = queries.getQueryData(agents.queryKey) ?? [];
      const used = new Set(useStudio.getState().document.nodes.map(({ settings }) => String(settings.agent ?? "")));
      setChanged({ ...terms, said: agentsChanged(used, { before, after }) });
    },
  });
  return { start, changed };
}
