"use client";

import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useRef } from "react";
import type { LinkLike } from "@/components/ui/link-like";
import { useLazyOpen } from "@/components/ui/use-lazy-open";

const load = () => import("@/components/ui/dropdown-menu-body");
const MenuBody = lazy(() => load().then((file) => ({ default: file.MenuBody })));

export type MenuItem =
  | {
      kind?: "action";
      label: string;
      icon?: ReactNode;
      /** At the right end: a `Kbd`, an amount. */
      aside?: ReactNode;
      tone?: "plain" | "danger";
      disabled?: boolean;
      onSelect(): void;
    }
  | { kind: "link"; label: string; icon?: ReactNode; href: string; link?: LinkLike }
  | { kind: "heading"; label: string }
  | { kind: "line" };

export type DropdownMenuProps = {
  label: string;
  /** A `Button` or `IconButton`. */
  trigger: ReactElement;
  items: readonly MenuItem[];
  align?: "start" | "end";
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
