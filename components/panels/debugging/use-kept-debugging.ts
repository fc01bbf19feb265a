"use client";

import { useEffect } from "react";
import { useStudio } from "@/components/store/studio-store";
import type { FlowId } from "@/flows/basics/ids";

/** Takes up what this browser keeps for the flow, and keeps what changes. */
export function useKeptDebugging(flow: FlowId, opened: boolean): void {
  useEffect(() => {
    if (!opened) return;
    let stop = () => {};
    let left = false;
    void import("./kept-debugging").then(({ readDebugging, writeDebugging }) => {
      if (left) return;
      useStudio.getState().setDebugging(readDebugging(flow));
      stop = useStudio.subscribe((now, before) => {
        if (now.debugging !== before.debugging && now.flow === flow) writeDebugging(flow, now.debugging);
      });
    });
    return () => {
      left = true;
      stop();
    };
  }, [flow, opened]);
}
