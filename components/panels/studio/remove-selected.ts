import { healingEdits } from "@/components/store/heal-wires";
import { useStudio } from "@/components/store/studio-store";
import type { FlowEdit } from "@/flows/graph/edit";
import { wireKey } from "@/flows/graph/wire-key";

/** Deletes the selected nodes and wires, and closes the gaps that the nodes leave, as one thing to undo. */
export function removeSelected() {
  const { document, ports, selection } = useStudio.getState();
  const wires = selectedWires();
  const cut: FlowEdit[] = wires.length > 0 ? [{ edit: "remove_wires", wires }] : [];
  const { nodes } = selection;
  // A wire that is deleted with its node is no reason to heal: whoever selected it wants it gone.
  const left =
    wires.length > 0 ? { ...document, wires: document.wires.filter((wire) => !wires.includes(wire)) } : document;
  remove([...cut, ...(nodes.length > 0 ? healingEdits({ document: left, ports }, nodes) : [])]);
}

/** The same, and the gaps stay. */
export function removeWithoutHealing() {
  const { selection } = useStudio.getState();
  const wires = selectedWires();
  remove([
    ...(selection.nodes.length > 0 ? [{ edit: "remove_nodes" as const, nodes: selection.nodes }] : []),
    ...(wires.length > 0 ? [{ edit: "remove_wires" as const, wires }] : []),
  ]);
}

function selectedWires() {
  const { document, selection } = useStudio.getState();
  return document.wires.filter((wire) => selection.wires.includes(wireKey(wire)));
}

function remove(edits: readonly FlowEdit[]) {
  if (edits.length === 0) return;
  const { document, selection, edit, select } = useStudio.getState();
  const [only, ...others] = selection.nodes;
  const title =
    others.length === 0 ? document.nodes.find(({ id }) => id === only)?.title : `${others.length + 1} nodes`;
  edit(edits, only ? { name: `Delete ${title}` } : {});
  select({});
}
