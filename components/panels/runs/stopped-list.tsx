"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import type { StoppedThing } from "@/components/api/answers";
import { nextStoppedBefore, STOPPED_PAGES } from "@/components/api/pages";
import { useTRPCClient } from "@/components/api/trpc";
import { Older } from "@/components/panels/account/older";
import { StoppedItem } from "@/components/panels/runs/stopped-item";
import { Panel } from "@/components/ui/panel";

/** What the studio could not go on with, and what to do about it. Draws nothing while there is nothing. */
export function StoppedList() {
  const client = useTRPCClient();
  const pages = useSuspenseInfiniteQuery({
    queryKey: STOPPED_PAGES.key,
    queryFn: ({ pageParam }) =>
      client.runs.stopped.query({ take: STOPPED_PAGES.size, ...(pageParam ? { before: pageParam } : {}) }),
    initialPageParam: null as Pick<StoppedThing, "since" | "id"> | null,
    getNextPageParam: nextStoppedBefore,
  });
  const stopped = pages.data.pages.flat();
  if (stopped.length === 0) return null;
  return (
    <Panel title="Stopped" padding="flush">
      <ul>
        {stopped.map((thing) => (
          <li key={thing.id} className="border-line border-b last:border-b-0">
            <StoppedItem thing={thing} />
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <div className="border-line border-t p-4">
          <Older pages={pages} of="stopped" />
        </div>
      )}
    </Panel>
  );
}
