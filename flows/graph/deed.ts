import type { NodeId } from "../basics/ids";
import { err, ok, type Result } from "../basics/result";
import { applyEdit, type EditError, type FlowEdit } from "./edit";
import type { FlowDocument, FlowNode } from "./graph";
import { LARGEST } from "./limits";

/** What a deed is made of: an edit, or one of two that put something whole in the place of what is there. */
export type DeedEdit =
  | FlowEdit
  | { edit: "replace_document"; document: FlowDocument }
  /** Everything of a node but where it lies. For what no single edit can say, such as another kind. */
  | { edit: "put_node"; node: FlowNode };

/** One thing that a person did, as it is kept, sent and logged. Its id makes sending it twice the same as once. */
export type Deed = { id: string; name: string; edits: readonly DeedEdit[] };

/** Why a part of a deed was left out. `drawing_full`: the document would be larger than any may be. */
export type LeftError = EditError | { code: "drawing_full" };
export type Left = { edit: DeedEdit; error: LeftError };

/** How many deeds travel in one letter at most. */
export const MOST_DEEDS = 500;

export type Taken = { document: FlowDocument; edits: readonly DeedEdit[]; left: readonly Left[] };

/** The document after one edit of a deed, or why it cannot be made. The document given is never changed. */
export function applyDeedEdit(document: FlowDocument, change: DeedEdit): Result<FlowDocument, LeftError> {
  const after = changed(document, change);
  return after.ok && isTooLarge(after.value) ? err({ code: "drawing_full" }) : after;
}

/**
 * Takes a deed into a document that it may not have been made for. What still applies is made; what does not is left out
 * and told, with its reason: nothing is dropped in silence. `edits` are exactly those that were made. [G8]
 */
export function takeDeed(document: FlowDocument, { edits }: Pick<Deed, "edits">): Taken {
  const made: DeedEdit[] = [];
  const left: Left[] = [];
  let now = document;
  for (const asked of edits) {
    const edit = whatIsLeftToDo(now, asked);
    if (edit === null) continue;
    const next = applyDeedEdit(now, edit);
    if (!next.ok) {
      left.push({ edit: asked, error: next.error });
      continue;
    }
    made.push(edit);
    now = next.value;
  }
  return { document: now, edits: made, left };
}

/** The document with deeds on top of it that are not part of it yet, in the order in which they were done. [G8] */
export function rebase(base: FlowDocument, deeds: readonly Deed[]): FlowDocument {
  return deeds.reduce((document, deed) => takeDeed(document, deed).document, base);
}

/** All of these edits, or none and the reason. */
export function applyAll(document: FlowDocument, edits: readonly DeedEdit[]): Result<FlowDocument, LeftError> {
  let value = document;
  for (const edit of edits) {
    const next = applyDeedEdit(value, edit);
    if (!next.ok) return next;
    value = next.value;
  }
  return ok(value);
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

function changed(document: FlowDocument, change: DeedEdit): Result<FlowDocument, LeftError> {
  if (change.edit === "replace_document") return ok(change.document);
  if (change.edit === "put_node") return putNode(document, change.node);
  return applyEdit(document, change);
}

function putNode(document: FlowDocument, { parent: _elsewhere, ...node }: FlowNode): Result<FlowDocument, LeftError> {
  if (!document.nodes.some(({ id }) => id === node.id)) return err({ code: "node_unknown", node: node.id });
  const put = ({ parent }: FlowNode) => (parent === undefined ? node : { ...node, parent });
  return ok({ ...document, nodes: document.nodes.map((each) => (each.id === node.id ? put(each) : each)) });
}

/** Somebody else may have done a part of it already, such as removing one of the nodes: then that part is no fault. */
function whatIsLeftToDo(document: FlowDocument, edit: DeedEdit): DeedEdit | null {
  const known = (nodes: readonly NodeId[]) => nodes.filter((id) => document.nodes.some((node) => node.id === id));
  if (edit.edit === "remove_nodes") {
    const nodes = known(edit.nodes);
    return nodes.length === 0 && edit.nodes.length > 0 ? null : { ...edit, nodes };
  }
  if (edit.edit === "add_wire") {
    const { from, to } = edit.wire;
    const same = document.wires.some(
      (wire) =>
        wire.to.node === to.node &&
        wire.to.input === to.input &&
        wire.from.node === from.node &&
        wire.from.output === from.output,
    );
    return same ? null : edit;
  }
  if (edit.edit === "unpin_flow") return Object.hasOwn(document.flows ?? {}, edit.flow) ? edit : null;
  return edit;
}

function isTooLarge({ nodes, wires, flows }: FlowDocument): boolean {
  const pinned = flows ? Object.keys(flows).length : 0;
  return nodes.length > LARGEST.nodes || wires.length > LARGEST.wires || pinned > LARGEST.flows;
}

/** What an edit sets; two that set the same one after the other are as good as the second. */
function slotOf(edit: DeedEdit): string | null {
  if (edit.edit === "change_setting") return `setting ${edit.node} ${edit.field}`;
  if (edit.edit === "rename_node") return `title ${edit.node}`;
  if (edit.edit === "move_nodes") return `place ${Object.keys(edit.to).sort().join(" ")}`;
  return null;
}
