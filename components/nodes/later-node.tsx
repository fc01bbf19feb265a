import { lazy, memo, Suspense } from "react";
import type { CanvasNodeProps } from "./canvas-node";
import { holdsNodes } from "./kind-looks";
import { NodeCard } from "./node-card";
import { FramePorts } from "./node-port";

const LaterView = lazy(() => import("./later-views").then((file) => ({ default: file.LaterView })));

/** A node of a kind whose picture is fetched when it is first needed. Until then it is a card that can be read and wired. */
export const LaterNodeView = memo(function LaterNodeView(props: CanvasNodeProps) {
  const {
    node: { kind },
    ports,
  } = props.data;
  const waiting = holdsNodes(kind) ? (
    <div className="flow-node relative h-full rounded-card border border-line-strong bg-well/60">
      <FramePorts ports={ports} />
    </div>
  ) : (
    <NodeCard {...props}>{null}</NodeCard>
  );
  return (
    <Suspense fallback={waiting}>
      <LaterView {...props} />
    </Suspense>
  );
});
