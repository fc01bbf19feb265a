"use client";

/** The studio met a fault of its own. Drawn with nothing but words, so that it needs no code of what stopped. */
export default function StudioError({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  return (
    <main data-density="page" className="mx-auto flex w-full max-w-page flex-col gap-3 p-8 text-body">
      <h1 className="text-20">The studio stopped</h1>
      <div role="alert" className="rounded-card border border-bad bg-surface p-4">
        <p className="font-strong">This screen met a fault of its own.</p>
        <p className="text-muted">
          Your edits are saved, or kept in this browser until they are. Runs go on by themselves.
        </p>
        <p className="text-muted">Open the flow again. If it happens twice, look into the studio's log.</p>
        <p className="mt-3 flex flex-wrap items-center gap-3">
          <button
            type="button"
            onClick={reset}
            className="quick h-control rounded-control border border-line-strong bg-raised px-3 font-strong hover:bg-hover"
          >
            Open the flow again
          </button>
          <code className="select-all text-12 text-faint">{error.digest ?? "studio_fault"}</code>
        </p>
      </div>
    </main>
  );
}
