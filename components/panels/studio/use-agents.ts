"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/api/trpc";
import { useStudio } from "@/components/store/studio-store";
import type { AgentId } from "@/flows/basics/ids";
import type { Manifest } from "@/flows/plan/manifest";
import { agentsDrawn, strangersOf } from "./agents-drawn";

/** The agents of the studio itself, and those that the drawing names, with the versions that there are of these: by id. */
export function useAgents() {
  const trpc = useTRPC();
  const { data: house, error: unheard, refetch } = useQuery(trpc.registry.agents.queryOptions());
  const drawn = useStudio(({ document }) => agentsDrawn(document).join(" ")); // a text, so that equal lists are the same
  const strangers = strangersOf(drawn.split(" ").filter(Boolean) as AgentId[], house ?? []);
  const named = useQuery(
    trpc.registry.manifests.queryOptions(
      { agents: strangers },
      { enabled: house !== undefined && strangers.length > 0, placeholderData: keepPreviousData },
    ),
  );
  const outside = strangers.length > 0 ? named.data : NONE;
  const agents = useMemo(() => (house && outside ? [...house, ...outside] : undefined), [house, outside]);
  const byId = useMemo(() => new Map<string, Manifest>((agents ?? []).map((one) => [one.agent, one])), [agents]);
  const again = () => Promise.all([refetch(), ...(strangers.length > 0 ? [named.refetch()] : [])]);
  return { agents, byId, error: unheard ?? (named.data ? null : named.error), refetch: again };
}

const NONE: readonly Manifest[] = [];

/**
 * Brings in an agent of the registry that is about to be drawn, so that it has its ports as soon as it stands there. Null
 * when it cannot be called any more. Errors: rejects when the studio does not answer.
 */
export function useLearnAgent(): (agent: AgentId) => Promise<Manifest | null> {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return async (agent) => {
    const house = queries.getQueryData(trpc.registry.agents.queryKey()) ?? [];
    const own = house.find((one) => one.agent === agent);
    if (own) return own;
    const known = strangersOf(agentsDrawn(useStudio.getState().document), house);
    const agents = [...new Set([...known, agent])].sort();
    const manifests = await queries.fetchQuery(trpc.registry.manifests.queryOptions({ agents }));
    return manifests.find((one) => one.agent === agent) ?? null;
  };
}
