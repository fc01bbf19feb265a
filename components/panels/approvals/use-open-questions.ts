"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { INBOX_PAGES, nextQuestionsAfter, type QuestionPlace } from "@/components/api/pages";
import { useTRPCClient } from "@/components/api/trpc";

export type Urgency = "all" | "soon" | "undelivered";

/**
 * What waits for somebody, the oldest first, page by page. `more` reads on and puts the focus on the first question that came by
 * it: whoever goes by keys would else stand behind all of them.
 */
export function useOpenQuestions({ text, urgency }: { text: string; urgency: Urgency }) {
  const client = useTRPCClient();
  const narrowed = { ...(text ? { text } : {}), ...(urgency === "all" ? {} : { urgency }) };
  const isNarrowed = text !== "" || urgency !== "all";
  const pages = useInfiniteQuery({
    queryKey: isNarrowed ? [...INBOX_PAGES.key, narrowed] : INBOX_PAGES.key,
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam ? { after: pageParam } : {};
      return client.approvals.list.query({ state: "open", take: INBOX_PAGES.size, ...narrowed, ...after }, { signal });
    },
    initialPageParam: null as QuestionPlace | null,
    getNextPageParam: nextQuestionsAfter,
    placeholderData: keepPreviousData,
  });
  const open = pages.data?.pages.flat() ?? [];

  const list = useRef<HTMLDivElement>(null);
  const goTo = useRef<number | null>(null);
  useEffect(() => {
    goTo.current = null;
  }, [text, urgency]);
  useEffect(() => {
    if (goTo.current === null || open.length <= goTo.current) return;
    const row = list.current?.querySelectorAll("tbody tr").item(goTo.current);
    goTo.current = null;
    row?.querySelector("a")?.focus();
  }, [open.length]);

  // A question that comes or goes has the pages read anew, which ends a reading on that is under way: it is taken up again.
  const { isFetching, isFetchNextPageError, hasNextPage, fetchNextPage } = pages;
  useEffect(() => {
    const isWanted = goTo.current !== null && open.length <= goTo.current;
    if (isWanted && !isFetching && !isFetchNextPageError && hasNextPage) void fetchNextPage();
  }, [open.length, isFetching, isFetchNextPageError, hasNextPage, fetchNextPage]);

  function more() {
    const from = open.length;
    goTo.current = from;
    void fetchNextPage().then(({ isError }) => {
      if (isError && goTo.current === from) goTo.current = null; // they are where they pressed, and may press again
    });
  }
  return { open, isNarrowed, list, more, pages };
}
