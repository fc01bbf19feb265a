"use client";

import { Panel, useReactFlow } from "@xyflow/react";
import { Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { FIT } from "./fit";

export function ZoomControls() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Panel position="bottom-left" className="flex rounded-control border bg-surface">
      <IconButton label="Zoom out" side="top" icon={<ZoomOut />} onClick={() => void zoomOut()} />
      <IconButton label="Zoom in" side="top" icon={<ZoomIn />} onClick={() => void zoomIn()} />
      <IconButton
        label="Fit view"
        side="top"
        hint={<Kbd>F</Kbd>}
        icon={<Maximize />}
        onClick={() => void fitView(FIT)}
      />
    </Panel>
  );
}
