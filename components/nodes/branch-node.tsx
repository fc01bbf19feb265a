import { memo } from "react";
import type { CanvasNodeProps } from "./canvas-node";
import { NodeCard } from "./node-card";

export const BranchNodeView = memo(function BranchNodeView(props: CanvasNodeProps) {
  const condition = String(props.data.node.settings.condition ?? "");
  return (
    <NodeCard {...props}>
      {condition ? <code className="truncate">{condition}</code> : <span>No condition yet</span>}
    </NodeCard>
  );
});
