"use client";

import { TextArea } from "@/components/ui/text-area";
import type { FlowNode } from "@/flows/graph/graph";

export type ExpressionInputProps = {
  node: FlowNode;
  /** Where the expression stands in the settings, as problems name it: `condition`, `cases.0.when`. */
  field: string;
  value: string;
  rows?: number;
  onChange(text: string): void;
};

/** The editor of one expression of a node. Its label, help and fault come from the field around it. */
export function ExpressionInput({ value, rows = 2, onChange }: ExpressionInputProps) {
  return (
    <TextArea
      face="mono"
      rows={rows}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
