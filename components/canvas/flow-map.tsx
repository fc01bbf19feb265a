"use client";

import { MiniMap } from "@xyflow/react";
import { useEffect, useState } from "react";
import { whenQuiet } from "@/components/ui/loaded-later";
import type { CanvasNode } from "../nodes/canvas-node";

const SIZE = { width: 144, height: 96 };

/** The whole flow, small, in a corner. It has an element for each node, so it comes once the canvas itself stands. */
export function FlowMap() {
  const [quiet, setQuiet] = useState(false);
  useEffect(() => whenQuiet(() => setQuiet(true)), []);
  if (!quiet) return null;
  return (
    <MiniMap<CanvasNode>
      pannable
      zoomable
      ariaLabel="Map of the flow"
      className="flow-map"
      style={SIZE}
      nodeClassName={classOf}
      nodeBorderRadius={8}
    />
  );
}

const classOf = ({ data }: CanvasNode) => `flow-map-${data.run?.status ?? "idle"}`;
