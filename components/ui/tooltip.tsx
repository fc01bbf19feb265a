"use client";

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { place, type Side } from "@/components/ui/place";

const REST_MS = 400;
const LINGER_MS = 120;

type Anchor = { currentTarget: Element };
type Hovered = Anchor & { pointerType: string };

/** The behaviour: shows after a rest, at once on keyboard focus, stays while pointed at, leaves on Escape. */
export function useTooltip(text: ReactNode, side: Side = "bottom") {
  const id = useId();
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  function after(ms: number, next: Element | null) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), ms);
  }

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!anchor) return;
    const leave = (event: KeyboardEvent) => event.key === "Escape" && setAnchor(null);
    document.addEventListener("keydown", leave, true);
    return () => document.removeEventListener("keydown", leave, true);
  }, [anchor]);

  const trigger = {
    onPointerEnter: (event: Hovered) => event.pointerType === "mouse" && after(REST_MS, event.currentTarget),
    onPointerLeave: () => after(LINGER_MS, null),
    onPointerDown: () => after(0, null),
    onFocus: (event: Anchor) => event.currentTarget.matches(":focus-visible") && after(0, event.currentTarget),
    onBlur: () => after(0, null),
  };

  const show = (tip: HTMLSpanElement | null) => {
    if (!tip || !anchor) return;
    tip.showPopover();
    const screen = { width: window.innerWidth, height: window.innerHeight };
    const spot = place({ anchor: anchor.getBoundingClientRect(), size: tip.getBoundingClientRect(), screen, side });
    tip.style.left = `${spot.left}px`;
    tip.style.top = `${spot.top}px`;
  };

  const tip = anchor && (
    <span
      ref={show}
      id={id}
      role="tooltip"
      popover="manual"
      onPointerEnter={() => clearTimeout(timer.current)}
      onPointerLeave={() => after(LINGER_MS, null)}
      className="fixed m-0 w-max max-w-popover rounded-control border border-line-strong bg-raised px-2 py-1 text-12 text-ink shadow-float"
    >
      {text}
    </span>
  );
  return { id, open: anchor !== null, trigger, tip };
}
