"use client";

import * as Radix from "radix-ui/popover";
import type { ReactNode, RefObject } from "react";
import { landmarkOf, returnFocus } from "@/components/ui/floating";

export type PopoverContent = { label: string; children: ReactNode; align?: "start" | "center" | "end" };

type BodyProps = PopoverContent & {
  anchor: RefObject<HTMLSpanElement | null>;
  open: boolean;
  onOpenChange(open: boolean): void;
};

export function PopoverBody({ label, children, align = "end", anchor, open, onOpenChange }: BodyProps) {
  const button = { getBoundingClientRect: () => anchor.current?.getBoundingClientRect() ?? new DOMRect() };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Anchor virtualRef={{ current: button }} />
      <Radix.Portal container={landmarkOf(anchor.current)}>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onInteractOutside={(event) => {
            // The button that opened it closes it with its own press.
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus(anchor.current);
          }}
          className="z-50 w-popover max-w-full animate-rise rounded-card border border-line-strong bg-raised p-3 text-body text-ink shadow-float focus:outline-none"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
