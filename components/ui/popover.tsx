"use client";

import { cloneElement, lazy, type ReactElement, Suspense, useRef } from "react";
import { fetchInTime } from "@/components/ui/loaded-later";
import type { PopoverContent } from "@/components/ui/popover-body";
import { useLazyOpen } from "@/components/ui/use-lazy-open";

const load = fetchInTime(() => import("@/components/ui/popover-body"));
const PopoverBody = lazy(() => load().then((file) => ({ default: file.PopoverBody })));

export type PopoverProps = PopoverContent & {
  /** A `Button` or `IconButton`. */
  trigger: ReactElement;
};

/** A closer look that does not interrupt. */
export function Popover({ trigger, ...rest }: PopoverProps) {
  const lazyOpen = useLazyOpen(load, "dialog");
  const box = useRef<HTMLSpanElement>(null);
  return (
    <span ref={box} className="inline-flex">
      {cloneElement(trigger, lazyOpen.trigger as object)}
      {lazyOpen.wanted && (
        <Suspense fallback={null}>
          <PopoverBody {...rest} anchor={box} open={lazyOpen.open} onOpenChange={lazyOpen.setOpen} />
        </Suspense>
      )}
    </span>
  );
}
