import type { NodeId } from "@/flows/basics/ids";

export type Selection = { nodes: readonly NodeId[]; wires: readonly string[] };
export type SelectionSlice = {
  /** Nodes by id, wires by `wireKey`. */
  selection: Selection;
  select(selection: Partial<Selection>): void;
};

export const nothingSelected: Selection = { nodes: [], wires: [] };

export function selectionSlice(set: (change: Partial<SelectionSlice>) => void): SelectionSlice {
  return {
    selection: nothingSelected,
    select: (selection) => set({ selection: { ...nothingSelected, ...selection } }),
  };
}

/** The node that the inspector shows: the only one that is selected. */
export function onlyNode({ nodes }: Selection): NodeId | null {
  return nodes.length === 1 ? (nodes[0] ?? null) : null;
}
