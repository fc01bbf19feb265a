import { memo } from "react";
import type { CanvasNodeProps } from "./canvas-node";
import { NodeCard } from "./node-card";

/** A gate: nothing passes until somebody says so. */
export const ApprovalNodeView = memo(function ApprovalNodeView(props: CanvasNodeProps) {
  return (
    <NodeCard {...props} shape="gate">
      <span className="truncate">{approversInWords(props.data.node.settings.approvers)}</span>
    </NodeCard>
  );
});

function approversInWords(approvers: unknown): string {
  const named = Array.isArray(approvers) && approvers.length > 0 ? approvers : ["@starter"];
  if (named.length > 1) return `Asks ${named.length} approvers`;
  return named[0] === "@starter" ? "Asks whoever starts the run" : `Asks ${named[0]}`;
}
