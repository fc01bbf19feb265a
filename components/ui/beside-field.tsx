import type { ReactNode } from "react";

/** What stands beside fields, on the line of their controls: below a label of its own that nobody reads. */
export function BesideField({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <span aria-hidden className="text-12 max-sm:hidden">
        &nbsp;
      </span>
      <div className="flex min-h-control items-center gap-3">{children}</div>
    </div>
  );
}
