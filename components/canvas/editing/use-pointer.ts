"use client";

import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { Position } from "@/flows/graph/graph";

/** Answers where the pointer is on the canvas, or null while it is somewhere else. Nothing is drawn when it moves. */
export function usePointer(): () => Position | null {
  const flow = useStoreApi();
  const { screenToFlowPosition } = useReactFlow();
  const last = useRef<Position | null>(null);

  useEffect(() => {
    const { domNode } = flow.getState();
    if (!domNode) return;
    const gone = new AbortController();
    const how = { passive: true, signal: gone.signal };
    const moved = ({ clientX, clientY }: PointerEvent) => {
      last.current = { x: clientX, y: clientY };
    };
    const left = () => {
      last.current = null;
    };
    domNode.addEventListener("pointermove", moved, how);
    domNode.addEventListener("pointerdown", moved, how);
    domNode.addEventListener("pointerleave", left, how);
    return () => gone.abort();
  }, [flow]);

  return () => (last.current ? screenToFlowPosition(last.current) : null);
}
