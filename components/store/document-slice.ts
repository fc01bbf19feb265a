import type { FlowId } from "@/flows/basics/ids";
import { type Change, changeBetween, isNoChange, turnedRound } from "@/flows/graph/change";
import { applyAll, type Deed, type DeedEdit, joinEdits } from "@/flows/graph/deed";
import { type EditError, emptyDocument, type FlowEdit } from "@/flows/graph/edit";
import { editsFor } from "@/flows/graph/edits-for";
import type { FlowDocument } from "@/flows/graph/graph";
import { LARGEST } from "@/flows/graph/limits";
import { UNSTORABLE } from "@/flows/graph/plain-json";
import { explainEdit, nameOfEdits, staleWords } from "./edit-words";

/** One step of undo: what was different after it. It can be taken back from whatever the drawing is by then. */
export type Step = {
  name: string;
  change: Change;
  /** Edits with the same key in a row are one step: typing into a field, pushing a node with the arrow keys. */
  merge: string | null;
  /** What a step that may still grow began from. Not kept beyond this page. */
  from?: FlowDocument;
};

/** What can be taken back, the last one last, and what can be made again, the next one first. */
export type Steps = { past: readonly Step[]; future: readonly Step[] };

/** Something that a person did and that could not be done, or not all of it: kept until they have seen it. */
export type SetApart = { id: string; name: string; reasons: readonly string[] };

export type DocumentSlice = {
  flow: FlowId | null;
  document: FlowDocument;
  past: readonly Step[];
  future: readonly Step[];
  /** Deeds that the server is not known to have, in the order in which they were done. */
  pending: readonly Deed[];
  /** The pending deed that typing on may still change; null once it was sent. */
  growing: string | null;
  apart: readonly SetApart[];
  /** All of the edits, or none and the reason. */
  edit(edits: FlowEdit | readonly FlowEdit[], how?: { name?: string; merge?: string }): EditError | null;
  /** The drawing as a whole gives way to another one; that can be undone like any edit. */
  replace(document: FlowDocument, name: string): void;
  undo(): void;
  redo(): void;
  /** What comes next is a step of its own. */
  seal(): void;
  /** What was set apart has been seen. */
  dismissApart(): void;
};

const STEPS_KEPT = 200;

type Done = { name: string; edits: readonly DeedEdit[]; after: FlowDocument };

/** The drawing and how it came about. The rules of drawing live in flows/graph. */
export function documentSlice(set: (change: Partial<DocumentSlice>) => void, get: () => DocumentSlice): DocumentSlice {
  /** The deed goes to the server as edits; on this screen it is a step of undo. */
  function done({ name, edits, after }: Done, merge: string | null) {
    const { document: before, past } = get();
    const last = past.at(-1);
    const joined = last?.from && merge !== null && last.merge === merge ? last : null;
    const from = joined?.from ?? before;
    const step: Step = { name, change: changeBetween(from, after), merge, ...(merge === null ? {} : { from }) };
    const kept = joined ? past.slice(0, -1) : past.slice(-STEPS_KEPT + 1);
    set({ document: after, ...handedOver({ name, edits }, joined !== null), past: [...kept, step], future: [] });
  }

  function handedOver({ name, edits }: Omit<Done, "after">, isGrowing: boolean) {
    const { pending, growing } = get();
    const last = pending.at(-1);
    if (isGrowing && last && last.id === growing)
      return { pending: [...pending.slice(0, -1), { ...last, edits: joinEdits(last.edits, edits) }], growing };
    const deed: Deed = { id: freshDeedId(), name: name.slice(0, 200).replaceAll(UNSTORABLE, ""), edits };
    return { pending: [...pending, deed], growing: deed.id };
  }

  /** Takes a step back, or makes it again, as a deed of its own: whatever others did since stays. */
  function turn(name: string, change: Change): Partial<DocumentSlice> {
    const { document, apart } = get();
    const { edits, stale } = editsFor(document, change);
    const after = applyAll(document, edits);
    const told =
      stale.length === 0
        ? {}
        : { apart: [...apart, { id: freshDeedId(), name, reasons: [staleWords(document, stale)] }] };
    if (!after.ok || edits.length === 0) return told;
    return { ...told, document: after.value, ...handedOver({ name, edits }, false), growing: null };
  }

  return {
    flow: null,
    document: emptyDocument,
    past: [],
    future: [],
    pending: [],
    growing: null,
    apart: [],
    edit(asked, how = {}) {
      const edits = "edit" in asked ? [asked] : asked;
      const before = get().document;
      const after = applyAll(before, edits);
      if (!after.ok) return after.error.code === "drawing_full" ? tellFull(set, get()) : after.error;
      if (isTooMuch(edits, after.value)) return tellFull(set, get());
      // A node put back where it was, or a list of nothing, is not worth an undo.
      if (isNoChange(changeBetween(before, after.value))) return null;
      done({ name: how.name ?? nameOfEdits(before, edits), edits, after: after.value }, how.merge ?? null);
      return null;
    },
    replace(document, name) {
      done({ name, edits: [{ edit: "replace_document", document }], after: document }, null);
    },
    undo() {
      const { past, future } = get();
      const step = past.at(-1);
      if (!step) return;
      const { from: _page, ...kept } = step;
      const turned = turn(`Undo: ${step.name}`, turnedRound(step.change));
      set({ ...turned, past: past.slice(0, -1), future: [{ ...kept, merge: null }, ...future] });
    },
    redo() {
      const { past, future } = get();
      const [step, ...rest] = future;
      if (step) set({ ...turn(`Redo: ${step.name}`, step.change), past: [...past, step], future: rest });
    },
    seal() {
      const { past } = get();
      const last = past.at(-1);
      if (last?.merge) set({ past: [...past.slice(0, -1), { ...last, merge: null }] });
    },
    dismissApart: () => set({ apart: [] }),
  };
}

/** Nothing of it was made; it is said where everything is that could not be. */
function tellFull(set: (change: Partial<DocumentSlice>) => void, { apart, document }: DocumentSlice): null {
  const reasons = [explainEdit(document, { code: "drawing_full" })];
  set({ apart: [...apart, { id: freshDeedId(), name: "The last edit", reasons }] });
  return null;
}

/** Not `randomUUID`: browsers keep it from pages that were not served over TLS or loopback. */
function freshDeedId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Counting a whole drawing takes a moment: only an edit that brings much can make it too large to be stored. */
const MUCH = 50_000;

function isTooMuch(edits: readonly FlowEdit[], after: FlowDocument): boolean {
  return JSON.stringify(edits).length > MUCH && JSON.stringify(after).length > LARGEST.characters;
}
