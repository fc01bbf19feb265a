"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/api/trpc";

/** How long the latest calls of each agent took; undefined until it is known. */
export function useCallTimes() {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.registry.callTimes.queryOptions(undefined, { staleTime: 60_000 }));
  return useMemo(() => data && new Map(data.map((time) => [time.agent as string, time])), [data]);
}
