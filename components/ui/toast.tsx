"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { type Status, StatusGlyph } from "@/components/ui/status-mark";

const SHOWN_MS = 6000;
const AT_MOST = 3;

export type Toast = { title: string; text?: ReactNode; status?: Status; action?: ReactNode };
type Shown = Toast & { id: number };

let shown: readonly Shown[] = [];
let last = 0;
const none: readonly Shown[] = [];
const listeners = new Set<() => void>();

function keep(next: readonly Shown[]) {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says that something happened. Never for errors that need an answer: those stay where they happened. */
export function toast(message: Toast) {
  last += 1;
  keep([...shown, { ...message, id: last }].slice(-AT_MOST));
}

const dismiss = (id: number) => keep(shown.filter((one) => one.id !== id));

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The one place where toasts appear and are read out. Once, in the layout. */
export function ToastRegion() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => none,
  );
  return (
    <div
      role="status"
      aria-label="Notifications"
      className="pointer-events-none fixed right-4 bottom-toast z-50 flex w-popover max-w-full flex-col gap-2"
    >
      {toasts.map((one) => (
        <ToastCard key={one.id} toast={one} />
      ))}
    </div>
  );
}

function ToastCard({ toast: { id, title, text, status, action } }: { toast: Shown }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the message while somebody is at it
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex animate-rise items-start gap-2 rounded-card border border-line-strong bg-raised py-1 pr-1 pl-3 shadow-float"
    >
      {status && (
        <span className="flex h-control items-center">
          <StatusGlyph status={status} />
        </span>
      )}
      <div className="min-w-0 flex-1 py-1">
        <p className="font-strong">{title}</p>
        {text && <p className="text-muted">{text}</p>}
        {action && <div className="mt-2">{action}</div>}
      </div>
      <IconButton label="Dismiss" icon={<X />} onClick={() => dismiss(id)} />
    </div>
  );
}
