"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { NodeId } from "@/flows/basics/ids";
import { aids } from "./aids";
import { focusNode, portWalk } from "./port-walk";
import { startAids } from "./start-aids";
import { useGoing } from "./wire-state";

/** Helps drags and the keyboard as long as the canvas is there. Answers how to put the focus on a node's ports. */
export function useAids(): (node: NodeId) => void {
  const flow = useStoreApi();
  const { screenToFlowPosition } = useReactFlow();
  const walk = useRef<ReturnType<typeof portWalk> | null>(null);

  useEffect(() => {
    const { domNode } = flow.getState();
    if (!domNode) return;
    const started = startAids({
      canvas: domNode,
      zoom: () => flow.getState().transform[2],
      visible() {
        const { left, top, right, bottom } = domNode.getBoundingClientRect();
        const [start, end] = [screenToFlowPosition({ x: left, y: top }), screenToFlowPosition({ x: right, y: bottom })];
        return { ...start, width: end.x - start.x, height: end.y - start.y };
      },
    });
    const walking = portWalk(domNode, () => flow.getState().connectionClickStartHandle !== null);
    const giveUp = (event: KeyboardEvent) => {
      const from = flow.getState().connectionClickStartHandle;
      if (event.key !== "Escape" || !from) return;
      event.preventDefault();
      flow.setState({ connectionClickStartHandle: null });
      started.wireFrom(null);
      focusNode(domNode, from.nodeId);
    };
    document.addEventListener("keydown", giveUp, { capture: true });
    aids.current = started;
    walk.current = walking;
    return () => {
      aids.current = null;
      started.stop();
      walking.stop();
      document.removeEventListener("keydown", giveUp, { capture: true });
      useGoing.setState(useGoing.getInitialState());
    };
  }, [flow, screenToFlowPosition]);

  return (node) => walk.current?.begin(node);
}
