import { BaseEdge, type Edge, type EdgeProps, type EdgeTypes, getBezierPath } from "@xyflow/react";
import { memo } from "react";
import { portColour } from "@/components/ui/port-glyph";
import type { Wire } from "@/flows/graph/graph";
import type { PortType } from "@/flows/types/port-type";

export type CanvasWire = Edge<{ wire: Wire; type: PortType; checked: boolean; run: WireRun }, "wire">;
/** What came along a wire in the run that is shown; null: nothing yet, or no run. */
export type WireRun = "done" | "skipped" | null;

/** A wire in the colour of what flows; dashed where only the run can tell whether it fits. */
export const WireView = memo(function WireView(props: EdgeProps<CanvasWire>) {
  const { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data, selected } = props;
  const [path] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const type = data?.type ?? "unknown";
  return (
    <BaseEdge
      id={props.id}
      path={path}
      interactionWidth={16}
      style={{
        stroke: portColour(type),
        strokeWidth: selected ? 3 : data?.run === "done" ? 2.5 : 1.5,
        ...(data?.run === "skipped" ? { opacity: 0.35 } : {}),
        ...(data?.checked || type === "unknown" ? { strokeDasharray: "6 4" } : {}),
      }}
    />
  );
});

export const wireViews = { wire: WireView } satisfies EdgeTypes;
