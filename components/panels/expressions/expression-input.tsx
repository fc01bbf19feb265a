"use client";

import type { FlowNode } from "@/flows/graph/graph";
import { CodeInput } from "./code-input";

export type ExpressionInputProps = {
  node: FlowNode;
  /** Where the expression stands in the settings, as problems name it: `condition`, `cases.0.when`. */
  field: string;
  value: string;
  rows?: number;
  onChange(text: string): void;
};

/** The editor of one expression of a node. Its label, help and fault come from the field around it. */
export function ExpressionInput({ rows = 2, ...rest }: ExpressionInputProps) {
  return <CodeInput form="expression" rows={rows} {...rest} />;
}
