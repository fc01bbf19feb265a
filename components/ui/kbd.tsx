import type { ReactNode } from "react";

/** One key, or a chord given as children: `<Kbd>Ctrl K</Kbd>`. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex min-w-5 items-center justify-center rounded-control border border-line-strong bg-sunken px-1 text-12 text-muted">
      {children}
    </kbd>
  );
}
