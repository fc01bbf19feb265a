"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import type { Compared, Problem } from "@/components/store/compile-slice";
import { explainEdit } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { applyAll } from "@/flows/graph/deed";
import type { FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { ChangesByRisk } from "../history/change-words";

type UpgradeProps = {
  title: string;
  /** What the thing itself says of its new version, in words; null where the old one is not known. */
  declared: readonly string[] | null;
  edits: readonly FlowEdit[];
  /** What stands above: how far it goes. */
  children?: ReactNode;
  onClose(): void;
};

/** What an upgrade would change, before the one edit that makes it: what is declared, what it means, what would be wrong. */
export function UpgradeDialog({ title, declared, edits, children, onClose }: UpgradeProps) {
  const compared = useCompared(edits);
  const [problem, setProblem] = useState<string | null>(null);

  function upgrade() {
    const { document, edit } = useStudio.getState();
    const refused = edit(edits, { name: title });
    setProblem(refused && explainEdit(document, refused));
    if (!refused) onClose();
  }

  return (
    <Dialog
      open
      shape="wide"
      title={title}
      text="What changes, before anything is changed. One undo takes it back."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep this version</Button>
          <Button tone="primary" disabled={compared === null} onClick={upgrade}>
            {title}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {children}
        {declared && <Section heading="What it declares" none="It declares the same." lines={declared} />}
        {compared === null && (
          <Loading label="Comparing">
            <SkeletonRows rows={4} />
          </Loading>
        )}
        {compared === "unknown" && <p className="text-muted">What it would change cannot be said.</p>}
        {compared && compared !== "unknown" && <Meaning compared={compared} />}
        {problem && (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Section({ heading, lines, none }: { heading: string; lines: readonly string[]; none: string }) {
  return (
    <section aria-label={heading}>
      <h3 className="text-12 text-faint">{heading}</h3>
      {lines.length === 0 && <p className="pt-1 text-muted">{none}</p>}
      <ul className="flex flex-col gap-1 pt-1">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Meaning({ compared: { changes, problems } }: { compared: Compared }) {
  return (
    <>
      {problems.length > 0 && <Problems problems={problems} />}
      {changes && changes.length > 0 && <ChangesByRisk changes={changes} />}
      {changes?.length === 0 && <p className="text-muted">For a run nothing is different.</p>}
      {!changes && problems.length === 0 && (
        <p className="text-muted">The flow has problems as it is, so that what the change means cannot be said.</p>
      )}
    </>
  );
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <section aria-label="Problems afterwards">
      <h3 className="text-12 text-faint">Problems afterwards</h3>
      <ul className="flex flex-col gap-1 pt-1">
        {problems.map(({ code, message, fix, nodes }) => (
          <li key={`${code} ${message} ${nodes.join()}`} className="flex gap-2 text-bad">
            <CircleAlert aria-hidden className="mt-1 shrink-0" />
            <span>
              {message} <span className="text-muted">{fix}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Null until the worker has answered this very question. Edits that cannot be made change nothing, and so mean nothing. */
function useCompared(edits: readonly FlowEdit[]): Compared | "unknown" | null {
  const before = useStudio((studio) => studio.document);
  const [found, setFound] = useState<{ before: FlowDocument; key: string; answer: Compared | "unknown" } | null>(null);
  const key = JSON.stringify(edits);
  useEffect(() => {
    let wanted = true;
    const told = (answer: Compared | "unknown") => wanted && setFound({ before, key, answer });
    const after = applyAll(before, JSON.parse(key) as FlowEdit[]);
    const asked = after.ok ? useStudio.getState().compareDrawings?.(before, after.value) : undefined;
    if (asked) void asked.then(told, () => told("unknown"));
    else told("unknown");
    return () => {
      wanted = false;
    };
  }, [before, key]);
  return found?.before === before && found.key === key ? found.answer : null;
}
