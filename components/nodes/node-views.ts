import type { NodeTypes } from "@xyflow/react";
import type { KindName } from "@/flows/nodes/catalog";
import { AgentNodeView } from "./agent-node";
import { ApprovalNodeView } from "./approval-node";
import { BranchNodeView } from "./branch-node";
import { PICTURED } from "./canvas-node";
import type { FirstKind } from "./first-kinds";
import { InputNodeView } from "./input-node";
import { kindLooks } from "./kind-looks";
import { LaterNodeView } from "./later-node";
import { OutputNodeView } from "./output-node";

const first = {
  input: InputNodeView,
  output: OutputNodeView,
  agent: AgentNodeView,
  approval: ApprovalNodeView,
  branch: BranchNodeView,
} satisfies Record<FirstKind, NodeTypes[string]>;

const later = Object.fromEntries((Object.keys(kindLooks) as KindName[]).map((kind) => [kind, LaterNodeView]));

/** The view of each kind, for React Flow. */
export const nodeViews: NodeTypes = { ...later, ...first, [PICTURED]: () => null };
