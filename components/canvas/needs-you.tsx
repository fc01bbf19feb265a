"use client";

import { NodeToolbar, Position } from "@xyflow/react";
import { Hand } from "lucide-react";
import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { titleOf } from "../store/edit-words";
import { useStudio } from "../store/studio-store";

/** Beside each node that waits for an answer: the way to the question. */
export function NeedsYou() {
  const runs = useStudio((studio) => studio.nodeRuns);
  const document = useStudio((studio) => studio.document);
  const asking = document.nodes.filter(({ id }) => runs[id]?.question);
  return (
    <>
      <p role="status" className="sr-only">
        {asking.map(({ title }) => `${title} needs you.`).join(" ")}
      </p>
      {asking.map(({ id }) => (
        <NodeToolbar key={id} nodeId={id} isVisible position={Position.Top} offset={8}>
          <Link
            href={`/approvals/${encodeURIComponent(runs[id]?.question ?? "")}`}
            aria-label={`Answer ${titleOf(document, id)}`}
            className={buttonStyle()}
          >
            <Hand aria-hidden className="text-warn" />
            Needs you
          </Link>
        </NodeToolbar>
      ))}
    </>
  );
}
