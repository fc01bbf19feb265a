import type { NodeTypes } from "@xyflow/react";
import type { KindName } from "@/flows/nodes/catalog";
import { AgentNodeView } from "./agent-node";
import { ApprovalNodeView } from "./approval-node";
import { BranchNodeView } from "./branch-node";
import { InputNodeView } from "./input-node";
import { OutputNodeView } from "./output-node";

/** One view per kind. A new kind in the catalog does not compile until it has a view here. */
export const nodeViews = {
  input: InputNodeView,
  agent: AgentNodeView,
  branch: BranchNodeView,
  approval: ApprovalNodeView,
  output: OutputNodeView,
} satisfies Record<KindName, NodeTypes[string]>;
