"use client";

import { Panel, useReactFlow } from "@xyflow/react";
import { BoxSelect, Maximize, ZoomIn, ZoomOut } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { useStudio } from "../store/studio-store";
import { FIT } from "./fit";

export function ZoomControls() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const boxing = useStudio((studio) => studio.boxing);
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
      <IconButton
        label="Select by dragging"
        side="top"
        hint={<Kbd>B</Kbd>}
        icon={<BoxSelect />}
        aria-pressed={boxing}
        className={boxing ? "bg-selected! text-accent-ink!" : ""}
        onClick={() => useStudio.getState().setBoxing(!boxing)}
      />
    </Panel>
  );
}
