"use client";

import { useReactFlow } from "@xyflow/react";
import { type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Position } from "@/flows/graph/graph";
import { useStudio } from "../store/studio-store";
import { type Box, boxAt, boxesOf } from "./draw-far-nodes";

/** Of so many chosen nodes each keeps its element; more are only drawn. */
const FEW = 40;
const NO_BOXES: readonly Box[] = [];

type Picture = { pictured: boolean; dragged: Readonly<Record<string, Position>> };

/** The picture that stands for many nodes far out, and which of them are elements: those that a person is busy with. */
export function useFarPicture({ pictured, dragged }: Picture) {
  const document = useStudio((studio) => studio.document);
  const ports = useStudio((studio) => studio.ports);
  const folded = useStudio((studio) => studio.folded);
  const selected = useStudio((studio) => studio.selection.nodes);
  const [pointed, setPointed] = useState<string | null>(null);
  const { screenToFlowPosition } = useReactFlow();
  const boxes = useMemo(() => {
    if (!pictured) return NO_BOXES;
    return boxesOf({ document: { ...document, layout: { ...document.layout, ...dragged } }, ports, folded });
  }, [pictured, document, dragged, ports, folded]);
  const shown = useMemo(() => {
    if (!pictured) return null;
    return new Set<string>([...(selected.length <= FEW ? selected : []), ...(pointed ? [pointed] : [])]);
  }, [pictured, selected, pointed]);

  // The same handlers in every render: React Flow hands them to each node, and new ones would render all nodes anew.
  const latest = useRef(boxes);
  useEffect(() => {
    latest.current = boxes;
  }, [boxes]);
  const pointing = useMemo(() => {
    const under = ({ clientX, clientY }: MouseEvent) =>
      latest.current.length > 0 ? boxAt(latest.current, screenToFlowPosition({ x: clientX, y: clientY })) : null;
    const point = (event: MouseEvent) => setPointed(under(event));
    return {
      onPaneMouseMove: point,
      onNodeMouseLeave: point,
      /** A finger comes without having moved there. */
      onPaneClick(event: MouseEvent) {
        const id = under(event);
        if (id) useStudio.getState().select({ nodes: [id] });
      },
    };
  }, [screenToFlowPosition]);
  return { boxes, shown, pointing };
}
