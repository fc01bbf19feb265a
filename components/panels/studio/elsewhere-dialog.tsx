"use client";

import { keepMine, takeTheirs } from "@/components/store/open-flow";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Two drawings grew from one revision. A person chooses; neither is lost. */
export function ElsewhereDialog({ onClose }: { onClose(): void }) {
  const theirs = useStudio((studio) => studio.elsewhere);
  const own = useStudio((studio) => studio.document);
  if (!theirs) return null;
  return (
    <Dialog
      open
      onClose={onClose}
      title="This flow was saved somewhere else"
      text={`Revision ${theirs.revision} was saved in another tab or by somebody else while this one had edits of its own.`}
      actions={
        <>
          <Button onClick={takeTheirs}>Take revision {theirs.revision}</Button>
          <Button tone="primary" onClick={keepMine}>
            Keep mine as a new save
          </Button>
        </>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-muted">Saved elsewhere</dt>
        <dd>{sizeText(theirs.document)}</dd>
        <dt className="text-muted">Here</dt>
        <dd>{sizeText(own)}</dd>
      </dl>
      <p className="mt-3 text-muted">
        Taking theirs can be undone. Keeping yours saves it on top of theirs. Until you choose, your edits are kept in
        this browser.
      </p>
    </Dialog>
  );
}

function sizeText({ nodes, wires }: { nodes: readonly unknown[]; wires: readonly unknown[] }): string {
  return `${nodes.length} nodes, ${wires.length} wires`;
}
