import type { NodeTypes } from "@xyflow/react";
import type { CanvasNodeProps } from "./canvas-node";
import type { LaterKind } from "./first-kinds";
import { FrameNodeView } from "./frame-node";
import { NoteNodeView } from "./note-node";
import { PayNodeView, PlainNodeView } from "./plain-node";

/** One view per kind. A new kind in the catalog does not compile until it has a view here. */
const views = {
  model: PlainNodeView,
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
} satisfies Record<LaterKind, NodeTypes[string]>;

export function LaterView(props: CanvasNodeProps) {
  const View = views[props.data.node.kind as LaterKind];
  return <View {...props} />;
}
