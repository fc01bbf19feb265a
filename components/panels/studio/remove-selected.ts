import { useStudio } from "@/components/store/studio-store";
import { type FlowEdit, wireKey } from "@/flows/graph/edit";

/** Deletes the selected nodes and wires, as one thing to undo. */
export function removeSelected() {
  const { document, selection, edit, select } = useStudio.getState();
  const wires = document.wires.filter((wire) => selection.wires.includes(wireKey(wire)));
  const edits: FlowEdit[] = [
    ...(selection.nodes.length > 0 ? [{ edit: "remove_nodes" as const, nodes: selection.nodes }] : []),
    ...(wires.length > 0 ? [{ edit: "remove_wires" as const, wires }] : []),
  ];
  if (edits.length === 0) return;
  edit(edits);
  select({});
}
