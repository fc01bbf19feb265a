"use client"; // every page carries its own: said by name and title, it takes a tenth of the bytes

import { Page } from "@/components/ui/page";
import { Loading, Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** A page of the studio before its answer is here: the same shape, in grey. */
export function LoadingPage({ title, width = "wide" }: { title: string; width?: "reading" | "wide" }) {
  return (
    <Page title={title} text={<Skeleton className="mt-2 h-3 w-80 max-w-full" />} width={width}>
      <Loading label={`Loading: ${title}`}>
        <div className="rounded-card border bg-surface">
          <SkeletonRows rows={6} />
        </div>
      </Loading>
    </Page>
  );
}
