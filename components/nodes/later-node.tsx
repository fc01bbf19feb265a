import { lazy, memo, Suspense } from "react";
import { fetchInTime } from "@/components/ui/loaded-later";
import type { CanvasNodeProps } from "./canvas-node";
import { holdsNodes } from "./kind-looks";
import { NodeCard } from "./node-card";
import { FramePorts } from "./node-port";

const load = fetchInTime(() => import("./later-views"));
const LaterView = lazy(() =>
  load().then(
    (file) => ({ default: file.LaterView }),
    () => ({ default: StandIn }),
  ),
);

/** A node of a kind whose picture is fetched when it is first needed. Until then it is a card that can be read and wired. */
export const LaterNodeView = memo(function LaterNodeView(props: CanvasNodeProps) {
  return (
    <Suspense fallback={<StandIn {...props} />}>
      <LaterView {...props} />
    </Suspense>
  );
});

/** What can be read and wired, while the picture is under way and where it could not come. */
function StandIn(props: CanvasNodeProps) {
  const {
    node: { kind },
    ports,
  } = props.data;
  return holdsNodes(kind) ? (
    <div className="flow-node relative h-full rounded-card border border-line-strong bg-well/60">
      <FramePorts ports={ports} />
    </div>
  ) : (
    <NodeCard {...props}>{null}</NodeCard>
  );
}
