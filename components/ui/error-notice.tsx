import { OctagonX } from "lucide-react";
import type { ReactNode } from "react";

export type ErrorNoticeProps = {
  /** What happened, in one sentence. */
  what: ReactNode;
  /** What is safe: "Nothing was paid." */
  safe?: ReactNode;
  /** What to do next. */
  next?: ReactNode;
  /** The code to search for. */
  code?: string;
  actions?: ReactNode;
};

export function ErrorNotice({ what, safe, next, code, actions }: ErrorNoticeProps) {
  return (
    <div role="alert" className="flex gap-3 rounded-card border border-bad bg-surface p-4">
      <span className="mt-0.5 text-bad">
        <OctagonX aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-strong">{what}</p>
        {safe && <p className="text-muted">{safe}</p>}
        {next && <p className="text-muted">{next}</p>}
        {(actions || code) && (
          <div className="mt-3 flex flex-wrap items-center gap-3">
            {actions}
            {code && <code className="select-all text-12 text-faint">{code}</code>}
          </div>
        )}
      </div>
    </div>
  );
}
