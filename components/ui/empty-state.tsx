import type { ReactNode } from "react";

export type EmptyStateProps = {
  title: string;
  /** When something will be here, or how to make it so. */
  text: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
};

/** Nothing yet, and what to do about it. */
export function EmptyState({ title, text, actions, icon }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-card border border-line-strong border-dashed p-6">
      {icon && <span className="text-faint">{icon}</span>}
      <div className="max-w-dialog">
        <h3 className="text-body">{title}</h3>
        <p className="mt-1 text-muted">{text}</p>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
