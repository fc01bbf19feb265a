import { clsx } from "clsx";
import type { ReactNode } from "react";

export type PageProps = {
  title: ReactNode;
  /** One sentence: what this page answers. */
  text?: ReactNode;
  actions?: ReactNode;
  /** Above the title: where this belongs. */
  above?: ReactNode;
  /** `reading` for one column of text and cards, `wide` for tables. */
  width?: "reading" | "wide";
  children: ReactNode;
};

/** A page to read, with taller controls and larger text than the studio. */
export function Page({ title, text, actions, above, width = "reading", children }: PageProps) {
  return (
    <div
      data-density="page"
      className={clsx(
        "mx-auto flex w-full flex-col gap-6 px-4 pt-6 pb-12 sm:px-8 sm:pt-8",
        width === "reading" ? "max-w-page" : "max-w-wide",
      )}
    >
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          {above && <div className="mb-1 text-12 text-faint">{above}</div>}
          <h1 className="text-balance text-20">{title}</h1>
          {text && <p className="mt-1 text-muted">{text}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
