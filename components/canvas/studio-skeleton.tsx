import { Loading, Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** The studio before its flow is here, in the same shape. */
export function StudioSkeleton() {
  return (
    <div className="flex min-h-0 flex-1">
      <div className="w-60 shrink-0 border-r bg-surface max-md:hidden" aria-hidden>
        <SkeletonRows rows={8} />
      </div>
      <CanvasSkeleton />
      <div className="flex w-75 shrink-0 flex-col gap-4 border-l bg-surface p-4 max-md:hidden" aria-hidden>
        <Skeleton className="h-3 w-24" />
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-3 w-full" />
        <Skeleton className="h-3 w-4/5" />
      </div>
    </div>
  );
}

export function CanvasSkeleton() {
  return (
    <div className="flex min-w-0 flex-1 items-center justify-center overflow-hidden p-12">
      <Loading label="Loading the flow">
        <div className="flex gap-8 max-md:flex-col max-md:gap-4">
          <Skeleton className="h-18 w-44 max-md:w-55" />
          <Skeleton className="h-18 w-44 max-md:w-55" />
          <Skeleton className="h-18 w-44 max-md:w-55 max-lg:hidden" />
        </div>
      </Loading>
    </div>
  );
}
