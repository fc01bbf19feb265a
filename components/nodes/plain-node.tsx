import { memo } from "react";
import { Money } from "@/components/ui/money";
import type { Json } from "@/flows/basics/json";
import type { Money as Amount } from "@/flows/basics/money";
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
  const most = amountOf(cap);
  return (
    <NodeCard {...props} pays>
      <span className="truncate">{typeof payee === "string" && payee ? payee : "No payee yet"}</span>
      {most && (
        <>
          <span aria-hidden>·</span>
          <Money currency={most.currency} amount={most.amount} />
        </>
      )}
    </NodeCard>
  );
});

const CURRENCIES: readonly Amount["currency"][] = ["microcredits", "trial_microcredits", "usdc_base"];

/** An amount as settings hold it, for a picture only: reading it through its shape would load that on every canvas. */
function amountOf(setting: Json | undefined): { currency: Amount["currency"]; amount: bigint } | null {
  const { currency, amount } = (setting ?? {}) as { currency?: unknown; amount?: unknown };
  const known = CURRENCIES.find((each) => each === currency);
  return known && typeof amount === "string" && /^\d{1,30}$/.test(amount)
    ? { currency: known, amount: BigInt(amount) }
    : null;
}
