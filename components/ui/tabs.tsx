"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";

export type Tab = { id: string; label: string; badge?: ReactNode; panel: ReactNode };

export type TabsProps = {
  label: string;
  tabs: readonly Tab[];
  /** Given together with `onChange` the choice is kept outside; otherwise the first tab is open. */
  value?: string;
  onChange?(id: string): void;
  /** At the right end of the row of tabs. */
  actions?: ReactNode;
  className?: string;
};

const MOVES: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** One row of names, one open panel. Arrow keys move along the row, as the ARIA practice for tabs says. */
export function Tabs({ label, tabs, value, onChange, actions, className }: TabsProps) {
  const base = useId();
  const [own, setOwn] = useState(tabs[0]?.id ?? "");
  const chosen = value ?? own;
  const open = tabs.find((tab) => tab.id === chosen) ?? tabs[0];

  function choose(id: string) {
    setOwn(id);
    onChange?.(id);
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const move = MOVES[event.key];
    const at = tabs.findIndex((tab) => tab.id === open?.id);
    const next = move && tabs[move(at, tabs.length)];
    if (!next) return;
    event.preventDefault();
    choose(next.id);
    document.getElementById(`${base}-${next.id}-tab`)?.focus();
  }

  return (
    <div className={clsx("flex min-h-0 min-w-0 flex-col", className)}>
      <div className="flex items-center justify-between gap-2 border-line border-b">
        <div role="tablist" aria-label={label} onKeyDown={onKeyDown} className="flex min-w-0 overflow-x-auto px-1">
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${base}-${tab.id}-tab`}
              aria-selected={tab.id === open?.id}
              aria-controls={`${base}-${tab.id}`}
              tabIndex={tab.id === open?.id ? 0 : -1}
              onClick={() => choose(tab.id)}
              className="quick flex min-h-control items-center gap-2 whitespace-nowrap border-transparent border-y-2 px-2 text-body text-muted -outline-offset-2 hover:text-ink aria-selected:border-b-ink aria-selected:text-ink"
            >
              {tab.label}
              {tab.badge}
            </button>
          ))}
        </div>
        {actions}
      </div>
      {open && (
        <div
          role="tabpanel"
          id={`${base}-${open.id}`}
          aria-labelledby={`${base}-${open.id}-tab`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the practice for panels without controls in them
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto -outline-offset-2"
        >
          {open.panel}
        </div>
      )}
    </div>
  );
}
