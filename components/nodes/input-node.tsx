import { memo } from "react";
import type { CanvasNodeProps } from "./canvas-node";
import { NodeCard } from "./node-card";

export const InputNodeView = memo(function InputNodeView(props: CanvasNodeProps) {
  const names = props.data.ports.outputs.map(({ title }) => title);
  return (
    <NodeCard {...props}>
      <span className="truncate">{names.length > 0 ? names.join(", ") : "No fields yet"}</span>
    </NodeCard>
  );
});
