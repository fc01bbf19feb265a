"use client";

import { Panel, useReactFlow } from "@xyflow/react";
import { BoxSelect, Maximize, Workflow, ZoomIn, ZoomOut } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { fetchInTime } from "@/components/ui/loaded-later";
import { toast } from "@/components/ui/toast";
import { useStudio } from "../store/studio-store";
import { FIT } from "./fit";

const load = fetchInTime(() => import("./commands/tidy-up"));

/** What is done to the view and to the drawing as a whole, at its corner. */
export function ZoomControls() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const boxing = useStudio((studio) => studio.boxing);
  const few = useStudio((studio) => studio.document.nodes.length < 2);
  const [tidying, setTidying] = useState(false);

  function tidy() {
    setTidying(true);
    void load()
      .then((file) => file.tidyUp(() => void fitView(FIT)))
      .catch(() => toast({ title: "Not tidied up", text: "The part that does it could not be loaded. Try again." }))
      .finally(() => setTidying(false));
  }

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
      <IconButton
        label="Tidy up"
        side="top"
        hint={<Kbd>Shift T</Kbd>}
        icon={<Workflow />}
        disabled={few || tidying}
        onClick={tidy}
      />
    </Panel>
  );
}
