"use client";

import { ViewportPortal } from "@xyflow/react";
import { useMemo } from "react";
import { useStudio } from "../store/studio-store";
import { type Box, drawFarNodes } from "./draw-far-nodes";

/** Many nodes where no title can be read any more: one picture. The one that is pointed at is drawn over it. */
export function FarNodes({ boxes }: { boxes: readonly Box[] }) {
  const nodeRuns = useStudio((studio) => studio.nodeRuns);
  const selected = useStudio((studio) => studio.selection.nodes);
  const paths = useMemo(() => drawFarNodes(boxes, { nodeRuns, selected }), [boxes, nodeRuns, selected]);
  return (
    <ViewportPortal>
      <svg aria-hidden="true" className="flow-far-nodes">
        {[...paths].map(([look, path]) => (
          <path key={look} d={path} className={`flow-far-${look}`} />
        ))}
      </svg>
    </ViewportPortal>
  );
}
