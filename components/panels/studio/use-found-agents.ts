"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Listing } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";

const PAUSE_MS = 150;
const SHOWN = 12;

/** What the registry has besides the agents that are there anyway, once the hand rests. Nothing for an empty text. */
export function useFoundAgents(wanted: string): { found: readonly Listing[]; asking: boolean; error: unknown } {
  const trpc = useTRPC();
  const text = useResting(wanted.trim());
  const asked = useQuery(
    trpc.registry.search.queryOptions(
      { text, publisher: "outside", limit: SHOWN },
      { enabled: text !== "", placeholderData: keepPreviousData },
    ),
  );
  if (wanted.trim() === "") return { found: [], asking: false, error: null };
  return { found: asked.data ?? [], asking: asked.isFetching || text !== wanted.trim(), error: asked.error };
}

function useResting(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}
