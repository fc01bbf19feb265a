import { memo } from "react";
import type { CanvasNodeProps } from "./canvas-node";
import { NodeCard } from "./node-card";
import { PriceTag } from "./price-tag";

/** Calls an agent; the second line says which, and what one call costs. */
export const AgentNodeView = memo(function AgentNodeView(props: CanvasNodeProps) {
  const { agent, node } = props.data;
  return (
    <NodeCard {...props} pays>
      <span className="truncate">{nameOfAgent(String(node.settings.agent ?? "no agent"))}</span>
      {agent && (
        <>
          <span aria-hidden>·</span>
          <PriceTag price={agent.price} />
        </>
      )}
    </NodeCard>
  );
});

/** `studio/summariser@1.0.0` is `summariser` where there is little room. */
export function nameOfAgent(agent: string): string {
  return agent.replace(/^[^/]*\//, "").replace(/@.*$/, "");
}
