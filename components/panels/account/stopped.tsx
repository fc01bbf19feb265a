export type StoppedProps = {
  title: string;
  /** What happened, in one sentence. */
  what: string;
  /** What is safe. */
  safe: string;
  /** What to do next. */
  next: string;
  action: string;
  onAction(): void;
  /** The code to search for in the studio's log. */
  code: string;
};

/** A screen that met a fault of its own. Drawn with nothing but words: it needs no code of what stopped, and every page carries it. */
export function Stopped({ title, what, safe, next, action, onAction, code }: StoppedProps) {
  return (
    <main data-density="page" className="mx-auto flex w-full max-w-page flex-col gap-3 p-8 text-body">
      <h1 className="text-20">{title}</h1>
      <div role="alert" className="rounded-card border border-bad bg-surface p-4">
        <p className="font-strong">{what}</p>
        <p className="text-muted">{safe}</p>
        <p className="text-muted">{next}</p>
        <p className="mt-3 flex flex-wrap items-center gap-3">
          <button
            type="button"
            onClick={onAction}
            className="quick h-control rounded-control border border-line-strong bg-raised px-3 font-strong hover:bg-hover"
          >
            {action}
          </button>
          <code className="select-all text-12 text-faint">{code}</code>
        </p>
      </div>
    </main>
  );
}
