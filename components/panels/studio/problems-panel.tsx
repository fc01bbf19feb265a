"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { isCompiled } from "@/components/store/compile-slice";
import { titleOf } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import type { NodeId } from "@/flows/basics/ids";

/** Every fault at once. A press goes to where it is. */
export function ProblemsPanel({ onShow }: { onShow(nodes: readonly NodeId[]): void }) {
  const problems = useStudio((studio) => studio.problems);
  const document = useStudio((studio) => studio.document);
  const current = useStudio(isCompiled);
  if (problems.length === 0)
    return (
      <p className="flex items-center gap-2 px-4 py-3 text-muted">
        <CircleCheck aria-hidden />
        {current ? "No problems. The flow can run." : "Looking for problems."}
      </p>
    );
  return (
    <ul aria-label="Problems" className="py-1">
      {problems.map(({ code, nodes, message, fix }, place) => (
        <li key={`${code} ${nodes[0] ?? ""} ${place}`}>
          <button
            type="button"
            onClick={() => onShow(nodes)}
            className="quick flex min-h-control w-full items-baseline gap-3 px-4 py-1 text-left -outline-offset-2 hover:bg-hover"
          >
            <CircleAlert aria-hidden className="self-center text-bad" />
            <span className="w-48 shrink-0 truncate font-strong">
              {nodes.map((node) => titleOf(document, node)).join(", ") || "Flow"}
            </span>
            <span className="min-w-0">
              {message} <span className="text-muted">{fix}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
