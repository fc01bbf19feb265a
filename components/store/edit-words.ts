import { unreachable } from "@/flows/basics/unreachable";
import type { EditError, FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument, Wire } from "@/flows/graph/graph";

/** What a person would call these edits together: `Undo connect Summarise to Review`. */
export function nameOfEdits(document: FlowDocument, edits: readonly FlowEdit[]): string {
  const [first] = edits;
  if (!first) return "Change nothing";
  const title = (id: string) => titleOf(document, id);
  const all = (nodes: readonly string[]) => (nodes.length === 1 ? title(nodes[0] ?? "") : `${nodes.length} nodes`);
  switch (first.edit) {
    case "add_node":
      return `Add ${first.node.title}`;
    case "remove_nodes":
      return `Delete ${all(first.nodes)}`;
    case "move_nodes":
      return `Move ${all(Object.keys(first.to))}`;
    case "rename_node":
      return `Rename ${title(first.node)}`;
    case "change_setting":
      return `Change ${first.field} of ${title(first.node)}`;
    case "add_wire":
      return `Connect ${ends(document, first.wire)}`;
    case "remove_wires":
      return first.wires.length === 1 && first.wires[0]
        ? `Disconnect ${ends(document, first.wires[0])}`
        : `Disconnect ${first.wires.length} wires`;
    case "set_parent":
      return first.parent === null
        ? `Take ${all(first.nodes)} out`
        : `Put ${all(first.nodes)} into ${title(first.parent)}`;
    case "pin_flow":
      return "Pin a flow";
    case "unpin_flow":
      return "Unpin a flow";
    default:
      return unreachable(first);
  }
}

/** Why an edit could not be made, for the person who tried. */
export function explainEdit(document: FlowDocument, error: EditError): string {
  switch (error.code) {
    case "node_unknown":
      return "That node is not there any more.";
    case "node_exists":
      return "A node with this id is already there.";
    case "title_empty":
      return "A node needs a title.";
    case "setting_unusable":
      return `${error.field} of ${titleOf(document, error.node)} cannot hold that: it is too deep, or has a name or a character that cannot be stored.`;
    case "wire_to_itself":
      return "A node cannot feed itself.";
    case "input_taken":
      return `${titleOf(document, error.node)} already has a wire at ${error.input}. Remove it first.`;
    case "parent_in_itself":
      return "A node cannot be put inside itself.";
    case "drawing_full":
      return "The drawing would be larger than any may be.";
    case "flow_not_pinned":
      return "That flow is not pinned here any more.";
    default:
      return unreachable(error);
  }
}

/** Where a step could not be taken back or made again, since somebody else changed the same thing after it. */
export function staleWords(document: FlowDocument, nodes: readonly string[]): string {
  const titles = nodes.map((id) => titleOf(document, id));
  const named =
    titles.length > 3 ? `${titles.slice(0, 3).join(", ")} and ${titles.length - 3} more` : titles.join(", ");
  return `${named} ${titles.length === 1 ? "was" : "were"} changed in another tab since; that stays.`;
}

export function titleOf(document: Pick<FlowDocument, "nodes">, id: string): string {
  return document.nodes.find((node) => node.id === id)?.title ?? id;
}

function ends(document: FlowDocument, { from, to }: Wire): string {
  return `${titleOf(document, from.node)} to ${titleOf(document, to.node)}`;
}
