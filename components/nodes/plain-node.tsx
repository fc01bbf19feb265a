import { memo } from "react";
import { Money } from "@/components/ui/money";
import { Money as MoneyShape } from "@/flows/basics/money";
import type { CanvasNodeProps } from "./canvas-node";
import { NodeCard } from "./node-card";
import { secondLine } from "./settled-line";

/** A kind that says what it does in one line. */
export const PlainNodeView = memo(function PlainNodeView(props: CanvasNodeProps) {
  const { kind, settings } = props.data.node;
  return (
    <NodeCard {...props}>
      <span className="truncate">{secondLine[kind]?.(settings) ?? ""}</span>
    </NodeCard>
  );
});

/** Pays somebody who is written on it, at most so much. */
export const PayNodeView = memo(function PayNodeView(props: CanvasNodeProps) {
  const { payee, cap } = props.data.node.settings;
  const most = MoneyShape.safeParse(cap);
  return (
    <NodeCard {...props} pays>
      <span className="truncate">{typeof payee === "string" && payee ? payee : "No payee yet"}</span>
      {most.success && (
        <>
          <span aria-hidden>·</span>
          <Money currency={most.data.currency} amount={most.data.amount} />
        </>
      )}
    </NodeCard>
  );
});
