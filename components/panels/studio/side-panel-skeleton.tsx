"use client";

import { useStudio } from "@/components/store/studio-store";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";

/** A side panel before its code is here: as wide as it will be. */
export function SidePanelSkeleton({ name }: { name: "palette" | "inspector" }) {
  const open = useStudio((studio) => studio.panels[name]);
  const left = name === "palette";
  return (
    <div
      aria-hidden
      className={`flex shrink-0 flex-col gap-3 bg-surface ${left ? "border-r" : "border-l"} ${widthOf(name, open)}`}
    >
      {open && left && <SkeletonRows rows={8} />}
      {open && !left && (
        <div className="flex flex-col gap-4 p-4">
          <Skeleton className="h-3 w-24" />
          <Skeleton className="h-6 w-40" />
          <Skeleton className="h-3 w-full" />
        </div>
      )}
    </div>
  );
}

export function widthOf(name: "palette" | "inspector", open: boolean): string {
  if (!open) return "w-10";
  return name === "palette" ? "w-60" : "w-75";
}
