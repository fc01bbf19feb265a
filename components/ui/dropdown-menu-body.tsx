"use client";

import { clsx } from "clsx";
import * as Radix from "radix-ui/dropdown-menu";
import type { ReactNode, RefObject } from "react";
import { landmarkOf, returnFocus } from "@/components/ui/floating";
import type { LinkLike } from "@/components/ui/link-like";

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

export type MenuContent = { label: string; items: readonly MenuItem[]; align?: "start" | "end" };

const ROW =
  "flex min-h-control cursor-pointer items-center gap-2 rounded-control px-2 text-body outline-none data-disabled:cursor-not-allowed data-disabled:text-faint data-highlighted:bg-hover";

type BodyProps = MenuContent & {
  open: boolean;
  onOpenChange(open: boolean): void;
  /** What holds the trigger. */
  box: RefObject<HTMLSpanElement | null>;
};

export function MenuBody({ label, items, align = "end", open, onOpenChange, box }: BodyProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Trigger asChild>
        <span aria-hidden className="pointer-events-none absolute inset-0" />
      </Radix.Trigger>
      <Radix.Portal container={landmarkOf(box.current)}>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          aria-labelledby={undefined}
          onInteractOutside={(event) => {
            // The button that opened it closes it with its own press.
            if (event.target instanceof Node && box.current?.contains(event.target)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            returnFocus(box.current);
          }}
          className="z-50 min-w-menu animate-rise rounded-control border border-line-strong bg-raised p-1 text-ink shadow-float"
        >
          {items.map((item, at) => (
            <MenuRow key={item.kind === "line" ? `line-${at}` : item.label} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function MenuRow({ item }: { item: MenuItem }) {
  if (item.kind === "line") return <Radix.Separator className="-mx-1 my-1 border-line border-t" />;
  if (item.kind === "heading") return <Radix.Label className="px-2 py-1 text-12 text-faint">{item.label}</Radix.Label>;
  if (item.kind === "link") {
    const Link = item.link ?? "a";
    return (
      <Radix.Item asChild className={ROW}>
        <Link href={item.href}>
          {item.icon}
          {item.label}
        </Link>
      </Radix.Item>
    );
  }
  return (
    <Radix.Item
      disabled={item.disabled ?? false}
      onSelect={item.onSelect}
      className={clsx(ROW, item.tone === "danger" && "text-bad")}
    >
      {item.icon}
      <span className="flex-1">{item.label}</span>
      {item.aside}
    </Radix.Item>
  );
}
