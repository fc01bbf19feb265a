"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/api/trpc";
import type { Manifest } from "@/flows/plan/manifest";

/** Every agent that can be called now, by id. */
export function useAgents() {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.registry.agents.queryOptions());
  const byId = useMemo(() => new Map<string, Manifest>((data ?? []).map((one) => [one.agent, one])), [data]);
  return { agents: data, byId, error, refetch };
}
