"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useDeferredValue, useMemo } from "react";
import { LISTING_PAGES, nextListingsAt } from "@/components/api/pages";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import { paramsOf, type RegistryWanted, wantedOf } from "./wanted-in-url";

/** What is looked for, which the address of the page holds, and what there is of it. */
export function useRegistrySearch() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const params = useSearchParams();
  const wanted = useMemo(() => wantedOf(new URLSearchParams(params)), [params]);
  const asked = useDeferredValue(wanted);
  const { order: _, ...conditions } = asked;
  const counts = useQuery(trpc.registry.counts.queryOptions(conditions, { placeholderData: keepPreviousData }));
  const pages = useInfiniteQuery({
    queryKey: [...LISTING_PAGES.key, paramsOf(asked)],
    queryFn: ({ pageParam, signal }) =>
      client.registry.search.query({ ...asked, offset: pageParam, limit: LISTING_PAGES.size }, { signal }),
    initialPageParam: 0,
    getNextPageParam: nextListingsAt,
    placeholderData: keepPreviousData,
  });

  /** The address changes in place: Back leaves the registry, and the page is not asked for anew. */
  function look(change: Partial<RegistryWanted>) {
    const query = paramsOf({ ...wanted, ...change });
    window.history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  return { wanted, look, counts, pages };
}
