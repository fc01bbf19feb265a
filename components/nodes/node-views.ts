import type { NodeTypes } from "@xyflow/react";
import type { KindName } from "@/flows/nodes/catalog";
import { AgentNodeView } from "./agent-node";
import { ApprovalNodeView } from "./approval-node";
import { BranchNodeView } from "./branch-node";
import { FrameNodeView } from "./frame-node";
import { InputNodeView } from "./input-node";
import { NoteNodeView } from "./note-node";
import { PayNodeView, PlainNodeView } from "./plain-node";

/** One view per kind. A new kind in the catalog does not compile until it has a view here. */
export const nodeViews = {
  input: InputNodeView,
  output: PlainNodeView,
  agent: AgentNodeView,
  model: PlainNodeView,
  approval: ApprovalNodeView,
  branch: BranchNodeView,
  switch: PlainNodeView,
  map: FrameNodeView,
  loop: FrameNodeView,
  try: FrameNodeView,
  group: FrameNodeView,
  parallel: PlainNodeView,
  join: PlainNodeView,
  transform: PlainNodeView,
  wait: PlainNodeView,
  subflow: PlainNodeView,
  pay: PayNodeView,
  guard: PlainNodeView,
  manual: PlainNodeView,
  schedule: PlainNodeView,
  webhook: PlainNodeView,
  event: PlainNodeView,
  note: NoteNodeView,
} satisfies Record<KindName, NodeTypes[string]>;
