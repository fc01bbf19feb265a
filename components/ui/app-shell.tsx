import { clsx } from "clsx";
import type { ReactNode } from "react";
import { Brand } from "@/components/ui/brand";
import type { LinkLike } from "@/components/ui/link-like";

export type NavItem = {
  href: string;
  label: string;
  icon: ReactNode;
  /** How many wait there. */
  count?: number;
  current?: boolean;
};

export type AppShellProps = {
  nav: readonly NavItem[];
  /** At the right end: account, theme. */
  account?: ReactNode;
  /** A tool's own controls in the same bar; the places shrink to their icons to make room. */
  toolbar?: ReactNode;
  /** `page` scrolls; `tool` fills the screen exactly and scrolls inside. */
  fit?: "page" | "tool";
  link?: LinkLike;
  children: ReactNode;
};

/** Where one is and where one can go: a bar above on a desk, a tray under the thumb on a phone. */
export function AppShell({ nav, account, toolbar, fit = "page", link = "a", children }: AppShellProps) {
  const Link = link;
  return (
    <div className={clsx("flex flex-col", fit === "tool" ? "h-dvh overflow-hidden" : "min-h-dvh")}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-accent px-3 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-30 flex h-bar shrink-0 items-center gap-2 border-b bg-surface pr-3 pl-3">
        <Link
          href="/"
          className="flex min-h-control items-center gap-2 pointer-coarse:min-w-control pointer-coarse:justify-center rounded-control px-1 font-strong"
        >
          <Brand />
          <span className={clsx("whitespace-nowrap", toolbar && "sr-only")}>Agent Labs Studio</span>
        </Link>
        <nav aria-label="Places" className={clsx("max-sm:hidden", toolbar ? "flex" : "ml-4 flex gap-1")}>
          {nav.map((item) => (
            <Place key={item.href} item={item} link={link} look={toolbar ? "icon" : "word"} />
          ))}
        </nav>
        {toolbar && <div className="flex min-w-0 flex-1 items-center gap-2 border-l pl-3">{toolbar}</div>}
        <div className="ml-auto flex items-center gap-2">{account}</div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={clsx(
          "flex min-h-0 min-w-0 flex-1 flex-col focus:outline-none",
          fit === "page" && "max-sm:pb-tray",
          fit === "tool" && "max-sm:mb-tray",
        )}
      >
        {children}
      </main>
      <nav
        aria-label="Places"
        className="fixed inset-x-0 bottom-0 z-30 grid min-h-tray auto-cols-fr grid-flow-col border-t bg-surface pb-safe sm:hidden"
      >
        {nav.map((item) => (
          <Place key={item.href} item={item} link={link} look="tray" />
        ))}
      </nav>
    </div>
  );
}

const PLACE = {
  word: "h-control rounded-control px-2 hover:bg-hover",
  icon: "size-control justify-center rounded-control hover:bg-hover",
  tray: "min-h-tray flex-col justify-center gap-1 text-12",
};

function Place({ item, link: Link, look }: { item: NavItem; link: LinkLike; look: keyof typeof PLACE }) {
  return (
    <Link
      href={item.href}
      aria-current={item.current ? "page" : undefined}
      className={clsx(
        "quick relative flex items-center gap-2 text-muted hover:text-ink aria-[current=page]:text-ink",
        look !== "tray" && "aria-[current=page]:bg-hover",
        look === "tray" && "aria-[current=page]:shadow-mark",
        PLACE[look],
      )}
    >
      {item.icon}
      <span className={clsx(look === "icon" && "sr-only")}>{item.label}</span>
      {item.count ? (
        <span
          className={clsx(
            "inline-flex h-4 min-w-4 items-center justify-center rounded-card bg-warn-soft px-1 font-mono text-12 text-warn tabular-nums",
            look === "icon" && "absolute top-0 right-0",
            look === "tray" && "absolute top-1 left-1/2 ml-2",
          )}
        >
          {item.count}
          <span className="sr-only"> waiting for you</span>
        </span>
      ) : null}
    </Link>
  );
}
