import type { ReactNode } from "react";

export type EmptyStateProps = {
  title: string;
  /** When something will be here, or how to make it so. */
  text: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
  /** 2 where it stands alone under the title of a page, 3 inside a panel. */
  level?: 2 | 3;
};

/** Nothing yet, and what to do about it. */
export function EmptyState({ title, text, actions, icon, level = 3 }: EmptyStateProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="flex flex-col items-start gap-3 rounded-card border border-line-strong border-dashed p-6">
      {icon && <span className="text-faint">{icon}</span>}
      <div className="max-w-dialog">
        <Heading className="text-body">{title}</Heading>
        <p className="mt-1 text-muted">{text}</p>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
