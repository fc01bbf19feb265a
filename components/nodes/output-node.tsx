import { memo } from "react";
import type { CanvasNodeProps } from "./canvas-node";
import { NodeCard } from "./node-card";

/** What the flow gives back, under the name that the run shows it by. */
export const OutputNodeView = memo(function OutputNodeView(props: CanvasNodeProps) {
  const { name } = props.data.node.settings;
  return (
    <NodeCard {...props}>
      <span className="truncate">{`Result “${typeof name === "string" ? name : ""}”`}</span>
    </NodeCard>
  );
});
