"use client";

import { Background, BackgroundVariant, ReactFlow, SelectionMode, useKeyPress, useStore } from "@xyflow/react";
import { type DragEvent, useMemo, useState } from "react";
import "@xyflow/react/dist/base.css";
import type { Manifest } from "@/flows/plan/manifest";
import { DetailContext, detailAt } from "../nodes/detail";
import { nodeViews } from "../nodes/node-views";
import { type CanvasWire, wireViews } from "../nodes/wire-view";
import { useStudio } from "../store/studio-store";
import "./canvas.css";
import { onCanvasKey } from "./canvas-keys";
import { nodeDeriver, type Scene } from "./derive-nodes";
import { wireDeriver } from "./derive-wires";
import { FarNodes } from "./far-nodes";
import { FarWires } from "./far-wires";
import { MANY } from "./first-picture";
import { FIT } from "./fit";
import { FlowMap } from "./flow-map";
import { useFarPicture } from "./use-far-picture";
import { useGestures } from "./use-gestures";
import { usePanLayer } from "./use-pan-layer";
import { ZoomControls } from "./zoom-controls";

export type FlowCanvasProps = {
  agents: ReadonlyMap<string, Manifest>;
  onDrop(event: DragEvent): void;
  onDragOver(event: DragEvent): void;
};

/** The drawing. React Flow's nodes and edges are worked out from the store; its gestures become edits. */
export function FlowCanvas({ agents, onDrop, onDragOver }: FlowCanvasProps) {
  const { dragged, handlers } = useGestures();
  const detail = useStore((flow) => detailAt(flow.transform[2]));
  const far = detail === "far";
  const pictured = useStudio((studio) => studio.document.nodes.length >= MANY) && far;
  const { boxes, shown, pointing } = useFarPicture({ pictured, dragged });
  const panning = usePanLayer();
  const nodes = useNodes({ agents, dragged, far, shown });
  const edges = useWires();
  return (
    <DetailContext value={detail}>
      <ReactFlow
        aria-label="Canvas"
        nodes={nodes}
        edges={far ? NONE : edges}
        nodeTypes={nodeViews}
        edgeTypes={wireViews}
        {...handlers}
        {...pointing}
        {...panning}
        onKeyDownCapture={onCanvasKey}
        onDrop={onDrop}
        onDragOver={onDragOver}
        fitView
        fitViewOptions={FIT}
        minZoom={0.05}
        maxZoom={2}
        deleteKeyCode={null}
        {...useBoxing()}
        panOnScroll
        reconnectRadius={24} // farther out than a port can be grabbed, which would start another wire
        connectionRadius={24}
        nodeDragThreshold={2}
        onlyRenderVisibleElements={nodes.length >= MANY}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
        {far && <FarWires />}
        {pictured && <FarNodes boxes={boxes} />}
        <ZoomControls />
        {nodes.length > 0 && <FlowMap />}
      </ReactFlow>
    </DetailContext>
  );
}

/** With Shift, or the tool for it, a drag on the empty canvas draws a box around nodes; otherwise it moves the canvas. */
function useBoxing() {
  const boxing = useStudio((studio) => studio.boxing);
  const shift = useKeyPress("Shift");
  const active = boxing || shift;
  // React Flow's own key would take a press on a node for the start of a box, and not for one more selected.
  return {
    selectionKeyCode: null,
    multiSelectionKeyCode: ADDING_KEYS,
    selectionMode: SelectionMode.Partial,
    selectionOnDrag: active,
    panOnDrag: active ? MIDDLE_BUTTON : true,
  };
}

const ADDING_KEYS = ["Shift", "Meta", "Control"];
const MIDDLE_BUTTON = [1];
const NONE: CanvasWire[] = [];

type Around = Pick<Scene, "agents" | "dragged" | "far" | "shown">;

function useNodes({ agents, dragged, far, shown }: Around) {
  const [derive] = useState(nodeDeriver);
  const document = useStudio((studio) => studio.document);
  const ports = useStudio((studio) => studio.ports);
  const problems = useStudio((studio) => studio.problems);
  const nodeRuns = useStudio((studio) => studio.nodeRuns);
  const selected = useStudio((studio) => studio.selection.nodes);
  const debugging = useStudio((studio) => studio.debugging);
  const folded = useStudio((studio) => studio.folded);
  return useMemo(
    () => derive({ document, ports, problems, nodeRuns, selected, dragged, agents, debugging, far, shown, folded }),
    [derive, document, ports, problems, nodeRuns, selected, dragged, agents, debugging, far, shown, folded],
  );
}

function useWires() {
  const [derive] = useState(wireDeriver);
  const document = useStudio((studio) => studio.document);
  const ports = useStudio((studio) => studio.ports);
  const selected = useStudio((studio) => studio.selection.wires);
  const unsure = useStudio((studio) => studio.unsure);
  const wireRuns = useStudio((studio) => studio.wireRuns);
  const folded = useStudio((studio) => studio.folded);
  return useMemo(
    () => derive({ document, ports, selected, unsure, wireRuns, folded }),
    [derive, document, ports, selected, unsure, wireRuns, folded],
  );
}
