"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import type { Models } from "@/flows/plan/rates";

/** Every language model that can be asked now, by name. */
export function useModels() {
  const trpc = useTRPC();
  const { data, error } = useQuery(trpc.registry.models.queryOptions());
  return { models: data ?? (error ? NO_MODELS : undefined) };
}

/** Where nobody says which there are, none can be asked. */
const NO_MODELS: Models = new Map();
