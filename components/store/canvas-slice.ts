import type { FlowId, NodeId } from "@/flows/basics/ids";
import { browserKeep } from "./browser-keep";

export type CanvasSlice = {
  /** Whether a drag on the empty canvas draws a box around nodes; otherwise it moves the canvas. */
  boxing: boolean;
  setBoxing(boxing: boolean): void;
  /** Containers that are shown as a card. How somebody looks at a flow is no part of it: this browser remembers it. */
  folded: ReadonlySet<NodeId>;
  fold(nodes: readonly NodeId[], folded: boolean): void;
};

type Known = CanvasSlice & { flow: FlowId | null };

export function canvasSlice(set: (change: Partial<CanvasSlice>) => void, get: () => Known): CanvasSlice {
  return {
    boxing: false,
    setBoxing: (boxing) => set({ boxing }),
    folded: new Set(),
    fold(nodes, folded) {
      const next = new Set(get().folded);
      for (const node of nodes) {
        if (folded) next.add(node);
        else next.delete(node);
      }
      set({ folded: next });
      const { flow } = get();
      if (!flow) return;
      const kept = browserKeep(`folded:${flow}`);
      if (next.size === 0) kept.remove();
      else kept.write(JSON.stringify([...next]));
    },
  };
}

/** What this browser had collapsed in a flow. */
export function keptFolded(flow: FlowId | null): ReadonlySet<NodeId> {
  try {
    const read: unknown = JSON.parse((flow && browserKeep(`folded:${flow}`).read()) ?? "[]");
    return new Set(Array.isArray(read) ? read.filter((id): id is NodeId => typeof id === "string") : []);
  } catch {
    return new Set(); // written by another version: everything is shown
  }
}
