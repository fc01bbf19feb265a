import { memo } from "react";
import type { CanvasNodeProps } from "./canvas-node";
import { NodeCard } from "./node-card";

export const OutputNodeView = memo(function OutputNodeView(props: CanvasNodeProps) {
  return (
    <NodeCard {...props}>
      <span className="truncate">Result “{String(props.data.node.settings.name ?? "")}”</span>
    </NodeCard>
  );
});
