"use client";

import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useRemembered } from "@/components/ui/use-remembered";

export type PanelProps = {
  title: ReactNode;
  /** A count or a mark beside the title. */
  badge?: ReactNode;
  actions?: ReactNode;
  /** Makes it collapsible; the choice is kept in this browser under this key. */
  remember?: string;
  /** `card` stands alone on a page; `section` is one of several inside a column. */
  look?: "card" | "section";
  /** `flush` for tables and lists, which bring their own margins. */
  padding?: "normal" | "flush";
  level?: 2 | 3;
  children: ReactNode;
  className?: string;
};

export function Panel(props: PanelProps) {
  const { title, badge, actions, remember, look = "card", padding = "normal", level = 2, children, className } = props;
  const id = useId();
  const [state, setState] = useRemembered(remember ? `panel:${remember}` : null, "open");
  const open = !remember || state === "open";
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section
      aria-labelledby={`${id}-title`}
      className={clsx("min-w-0 bg-surface", look === "card" ? "rounded-card border" : "border-b", className)}
    >
      <header className={clsx("flex items-center gap-2 py-1 pr-2 pl-4", open && look === "card" && "border-b")}>
        <Heading className="flex min-h-control min-w-0 flex-1 items-center gap-2 text-body">
          {remember ? (
            <button
              type="button"
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setState(open ? "closed" : "open")}
              className="quick -ml-2 flex min-h-control min-w-0 items-center gap-2 rounded-control pr-2 pl-1 text-left font-strong hover:bg-hover"
            >
              <ChevronDown aria-hidden className={clsx("quick text-faint", !open && "-rotate-90")} />
              <span id={`${id}-title`} className="truncate">
                {title}
              </span>
            </button>
          ) : (
            <span id={`${id}-title`} className="truncate">
              {title}
            </span>
          )}
          {badge}
        </Heading>
        {actions}
      </header>
      <div id={id} hidden={!open} className={clsx(padding === "normal" && (look === "card" ? "p-4" : "px-4 pb-4"))}>
        {children}
      </div>
    </section>
  );
}
