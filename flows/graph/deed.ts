import { err, ok, type Result } from "../basics/result";
import { Draft } from "./draft";
import { type EditError, editDraft, type FlowEdit } from "./edit";
import type { FlowDocument, FlowNode } from "./graph";
import { wireKey } from "./wire-key";

/** What a deed is made of: an edit, or one of two that put something whole in the place of what is there. */
export type DeedEdit =
  | FlowEdit
  | { edit: "replace_document"; document: FlowDocument }
  /** Everything of a node but where it lies. For what no single edit can say, such as another kind. */
  | { edit: "put_node"; node: FlowNode };

/** One thing that a person did, as it is kept, sent and logged. Its id makes sending it twice the same as once. */
export type Deed = { id: string; name: string; edits: readonly DeedEdit[] };

/** A part of a deed that was left out, and why. */
export type Left = { edit: DeedEdit; error: EditError };

export type Taken = { document: FlowDocument; edits: readonly DeedEdit[]; left: readonly Left[] };

/**
 * Takes a deed into a document that it may not have been made for. What still applies is made; what does not is left out
 * and told, with its reason: nothing is dropped in silence. `edits` are exactly those that were made. [G8]
 */
export function takeDeed(document: FlowDocument, deed: Pick<Deed, "edits">): Taken {
  const draft = new Draft(document);
  const taken = takeOnto(draft, deed);
  return { document: draft.document(), ...taken };
}

/** The same on a draft, for one deed of many. */
export function takeOnto(draft: Draft, { edits }: Pick<Deed, "edits">): Omit<Taken, "document"> {
  const made: DeedEdit[] = [];
  const left: Left[] = [];
  for (const asked of edits) {
    const edit = whatIsLeftToDo(draft, asked);
    if (edit === null) continue;
    const error = makeEdit(draft, edit);
    if (error) left.push({ edit: asked, error });
    else made.push(edit);
  }
  return { edits: made, left };
}

/** The document with deeds on top of it that are not part of it yet, in the order in which they were done. [G8] */
export function rebase(base: FlowDocument, deeds: readonly Deed[]): FlowDocument {
  const draft = new Draft(base);
  for (const deed of deeds) takeOnto(draft, deed);
  return draft.document();
}

/** All of these edits, or none and the reason. */
export function applyAll(document: FlowDocument, edits: readonly DeedEdit[]): Result<FlowDocument, EditError> {
  const draft = new Draft(document);
  for (const edit of edits) {
    const error = makeEdit(draft, edit);
    if (error) return err(error);
  }
  return ok(draft.document());
}

/** Makes one edit of a deed on a draft; null when it was made, else why it cannot be. */
export function makeEdit(draft: Draft, change: DeedEdit): EditError | null {
  if (change.edit === "replace_document") {
    draft.replace(change.document);
    return null;
  }
  return change.edit === "put_node" ? putNode(draft, change.node) : editDraft(draft, change);
}

/** Later edits after earlier ones, where typing on in a field or pushing a node on takes the place of what came before. */
export function joinEdits(earlier: readonly DeedEdit[], later: readonly DeedEdit[]): readonly DeedEdit[] {
  const joined = [...earlier];
  for (const edit of later) {
    const last = joined.at(-1);
    const slot = slotOf(edit);
    if (last && slot !== null && slotOf(last) === slot) joined.pop();
    joined.push(edit);
  }
  return joined;
}

function putNode(draft: Draft, { parent: _elsewhere, ...node }: FlowNode): EditError | null {
  const before = draft.nodes.get(node.id);
  if (!before) return { code: "node_unknown", node: node.id };
  draft.putNode(before.parent === undefined ? node : { ...node, parent: before.parent });
  return null;
}

/** Somebody else may have done a part of it already, such as removing one of the nodes: then that part is no fault. */
function whatIsLeftToDo(draft: Draft, edit: DeedEdit): DeedEdit | null {
  if (edit.edit === "remove_nodes") {
    const nodes = edit.nodes.filter((id) => draft.nodes.has(id));
    return nodes.length === 0 && edit.nodes.length > 0 ? null : { ...edit, nodes };
  }
  if (edit.edit === "add_wire") return draft.wires.has(wireKey(edit.wire)) ? null : edit;
  if (edit.edit === "unpin_flow") return Object.hasOwn(draft.flows, edit.flow) ? edit : null;
  return edit;
}

/** What an edit sets; two that set the same one after the other are as good as the second. */
function slotOf(edit: DeedEdit): string | null {
  if (edit.edit === "change_setting") return `setting ${edit.node} ${edit.field}`;
  if (edit.edit === "rename_node") return `title ${edit.node}`;
  if (edit.edit === "move_nodes") return `place ${Object.keys(edit.to).sort().join(" ")}`;
  return null;
}
