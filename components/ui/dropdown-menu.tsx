"use client";

import { cloneElement, lazy, type ReactElement, Suspense, useRef } from "react";
import type { MenuContent } from "@/components/ui/dropdown-menu-body";
import { fetchInTime } from "@/components/ui/loaded-later";
import { useLazyOpen } from "@/components/ui/use-lazy-open";

const load = fetchInTime(() => import("@/components/ui/dropdown-menu-body"));
const MenuBody = lazy(() => load().then((file) => ({ default: file.MenuBody })));

export type DropdownMenuProps = MenuContent & {
  /** A `Button` or `IconButton`. */
  trigger: ReactElement;
};

/** Actions on one thing. Keyboard and typing ahead are Radix's; its code loads when somebody reaches for the button. */
export function DropdownMenu({ trigger, ...menu }: DropdownMenuProps) {
  const lazyOpen = useLazyOpen(load, "menu");
  const box = useRef<HTMLSpanElement>(null);
  return (
    <span ref={box} className="relative inline-flex">
      {cloneElement(trigger, lazyOpen.trigger as object)}
      {lazyOpen.wanted && (
        <Suspense fallback={null}>
          <MenuBody {...menu} box={box} open={lazyOpen.open} onOpenChange={lazyOpen.setOpen} />
        </Suspense>
      )}
    </span>
  );
}
