"use client";

import { type OnMove, useStoreApi } from "@xyflow/react";
import { useMemo } from "react";

/**
 * While the drawing is only moved about, the browser keeps it as one picture and does not paint it anew for each frame.
 * Once it is zoomed the picture would be blurred, so it is let go.
 */
export function usePanLayer(): { onMoveStart: OnMove; onMove: OnMove; onMoveEnd: OnMove } {
  const flow = useStoreApi();
  return useMemo(() => {
    let zoom: number | null = null;
    const keep = (word: "transform" | "auto") => {
      const viewport = flow.getState().domNode?.querySelector<HTMLElement>(".react-flow__viewport");
      if (viewport && viewport.style.willChange !== word) viewport.style.willChange = word;
    };
    return {
      onMoveStart(event, view) {
        zoom = event ? view.zoom : null;
      },
      onMove(_, view) {
        keep(view.zoom === zoom ? "transform" : "auto");
      },
      onMoveEnd: () => keep("auto"),
    };
  }, [flow]);
}
