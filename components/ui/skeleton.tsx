import { clsx } from "clsx";
import type { ReactNode } from "react";

/** One grey block in the shape of what is coming. Give it the size of the thing. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={clsx("block rounded-control bg-hover", className)} />;
}

const WIDTHS = ["w-full", "w-11/12", "w-4/5", "w-2/3"];

/** Rows as high as the rows of a table or a list. */
export function SkeletonRows({ rows }: { rows: number }) {
  return (
    <>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-control items-center gap-6 border-b px-4 last:border-b-0">
          <span className="flex-1">
            <Skeleton className={clsx("h-3", WIDTHS[row % WIDTHS.length])} />
          </span>
          <Skeleton className="h-3 w-20" />
        </div>
      ))}
    </>
  );
}

/** Says what is loading to those who listen, around skeletons for those who look. */
export function Loading({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        {label}
      </span>
      {children}
    </div>
  );
}
