"use client";

import { useReactFlow } from "@xyflow/react";
import { type MouseEvent, useMemo, useState } from "react";
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

  function point(event: MouseEvent) {
    if (pictured) setPointed(boxAt(boxes, screenToFlowPosition({ x: event.clientX, y: event.clientY })));
  }
  return {
    ...{ boxes, shown },
    pointing: {
      onPaneMouseMove: point,
      onNodeMouseLeave: point,
      /** A finger comes without having moved there. */
      onPaneClick(event: MouseEvent) {
        if (!pictured) return;
        const id = boxAt(boxes, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
        const node = document.nodes.find((each) => each.id === id);
        if (node) useStudio.getState().select({ nodes: [node.id] });
      },
    },
  };
}
