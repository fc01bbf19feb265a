import { clsx } from "clsx";
import { memo } from "react";
import type { CanvasNodeProps } from "./canvas-node";

/** Words on the canvas, for people alone. */
export const NoteNodeView = memo(function NoteNodeView({ data: { node }, selected }: CanvasNodeProps) {
  const { text } = node.settings;
  return (
    <div
      className={clsx(
        "flow-node h-full overflow-hidden rounded-card border border-dashed bg-ground px-3 py-2 text-12",
        selected ? "border-focus" : "border-line-strong",
      )}
    >
      <p className="font-strong">{node.title}</p>
      <p className="line-clamp-2 text-muted">{typeof text === "string" ? text : ""}</p>
    </div>
  );
});
