"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { Reviewed } from "./reviewed";

/** What waits for somebody to look at it, the longest first. */
export function ReviewPage() {
  const trpc = useTRPC();
  const { data: queue, error, isPending } = useQuery(trpc.publishing.queue.queryOptions());
  return (
    <Page
      width="wide"
      above={
        <Link href="/publish" className="hover:underline">
          Publish
        </Link>
      }
      title="Reviewer's queue"
      text="Versions that were handed in, and agents that the studio's probes have hidden."
    >
      <ApiFault fault={error} />
      {isPending && (
        <Loading label="Loading the queue">
          <SkeletonRows rows={4} />
        </Loading>
      )}
      {queue?.map((one) => (
        <Reviewed key={`${one.version.manifest.agent} ${one.version.manifest.digest}`} reviewed={one} />
      ))}
      {queue?.length === 0 && (
        <EmptyState
          level={2}
          title="Nothing waits"
          text="What publishers hand in appears here, with its checks and what changed since the version before."
        />
      )}
    </Page>
  );
}
