import type { FlowId } from "@/flows/basics/ids";
import { applyEdit, type EditError, emptyDocument, type FlowEdit } from "@/flows/graph/edit";
import type { FlowDocument } from "@/flows/graph/graph";
import { nameOfEdits } from "./edit-words";

/** One thing that a person did: the edits it was made of, and the drawing on both sides of it. */
export type Deed = {
  name: string;
  edits: readonly FlowEdit[];
  before: FlowDocument;
  after: FlowDocument;
  /** Deeds with the same key in a row are one: typing into a field, pushing a node with the arrow keys. */
  merge: string | null;
};

export type DocumentSlice = {
  flow: FlowId | null;
  document: FlowDocument;
  past: readonly Deed[];
  future: readonly Deed[];
  /** All of the edits, or none and the reason. */
  edit(edits: FlowEdit | readonly FlowEdit[], how?: { name?: string; merge?: string }): EditError | null;
  /** The drawing as a whole gives way to another one; that can be undone like any edit. */
  replace(document: FlowDocument, name: string): void;
  undo(): void;
  redo(): void;
  /** What comes next is a deed of its own. */
  seal(): void;
};

const KEPT = 200;

/** The drawing and how it came about. The rules of drawing live in flows/graph. */
export function documentSlice(set: (change: Partial<DocumentSlice>) => void, get: () => DocumentSlice): DocumentSlice {
  function done(deed: Deed) {
    const { past } = get();
    const last = past.at(-1);
    const joined = last && deed.merge !== null && last.merge === deed.merge ? last : null;
    const kept = joined ? past.slice(0, -1) : past.slice(-KEPT + 1);
    const whole = joined ? { ...deed, before: joined.before, edits: [...joined.edits, ...deed.edits] } : deed;
    set({ document: deed.after, past: [...kept, whole], future: [] });
  }

  return {
    flow: null,
    document: emptyDocument,
    past: [],
    future: [],
    edit(asked, how = {}) {
      const edits = "edit" in asked ? [asked] : asked;
      const before = get().document;
      const after = applyAll(before, edits);
      if (!after.ok) return after.error;
      if (changes(before, edits)) {
        const name = how.name ?? nameOfEdits(before, edits);
        done({ name, edits, before, after: after.value, merge: how.merge ?? null });
      }
      return null;
    },
    replace(document, name) {
      done({ name, edits: [], before: get().document, after: document, merge: null });
    },
    undo() {
      const { past, future } = get();
      const deed = past.at(-1);
      if (deed) set({ document: deed.before, past: past.slice(0, -1), future: [deed, ...future] });
    },
    redo() {
      const { past, future } = get();
      const [deed, ...rest] = future;
      if (deed) set({ document: deed.after, past: [...past, { ...deed, merge: null }], future: rest });
    },
    seal() {
      const { past } = get();
      const last = past.at(-1);
      if (last?.merge) set({ past: [...past.slice(0, -1), { ...last, merge: null }] });
    },
  };
}

function applyAll(document: FlowDocument, edits: readonly FlowEdit[]): ReturnType<typeof applyEdit> {
  let value = document;
  for (const edit of edits) {
    const next = applyEdit(value, edit);
    if (!next.ok) return next;
    value = next.value;
  }
  return { ok: true, value };
}

/** A node put back where it was, or a list of nothing, is not worth an undo. */
function changes(before: FlowDocument, edits: readonly FlowEdit[]): boolean {
  return edits.some((edit) => {
    if (edit.edit === "remove_nodes") return edit.nodes.length > 0;
    if (edit.edit === "remove_wires") return edit.wires.length > 0;
    if (edit.edit === "rename_node")
      return before.nodes.some(({ id, title }) => id === edit.node && title !== edit.title.trim());
    if (edit.edit !== "move_nodes") return true;
    return Object.entries(edit.to).some(([id, to]) => {
      const from = (before.layout as Record<string, { x: number; y: number }>)[id];
      return from?.x !== to.x || from.y !== to.y;
    });
  });
}
