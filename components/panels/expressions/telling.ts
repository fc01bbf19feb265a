import { closeCompletion, completionStatus } from "@codemirror/autocomplete";
import { type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  activateHover,
  closeHoverTooltips,
  Decoration,
  type DecorationSet,
  EditorView,
  hasHoverTooltips,
  hoverTooltip,
  keymap,
  showTooltip,
  type Tooltip,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import type { WholeExpression } from "@/components/store/compiler-line";
import type { CallHint, NameHint } from "@/flows/expressions/hints";
import { typeWords } from "@/flows/expressions/type-words";
import type { PlaceAsker } from "./place-asker";

type Fault = { from: number; to: number; problem: string };

/** What the compiler says against the text, at its places; what has no place is said below the field alone. */
const foundFaults = StateEffect.define<readonly Fault[]>();

const squiggles = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects }) {
    let next = marks.map(changes);
    for (const effect of effects)
      if (effect.is(foundFaults))
        next = Decoration.set(
          effect.value.map(({ from, to, problem }) =>
            Decoration.mark({ class: "cm-fault", fault: problem }).range(from, to),
          ),
          true,
        );
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks the places of the faults in a text that is still the one that was judged. */
export function showFaults(view: EditorView, text: string, { faults }: Pick<WholeExpression, "faults">) {
  if (view.state.doc.toString() !== text) return;
  const { length } = text;
  const marked = faults.flatMap(({ problem, place }): Fault[] => {
    if (!place || length === 0) return [];
    // What is missing at the end is marked at the last thing that is there.
    const from = Math.min(place.from, length - 1);
    return [{ problem, from, to: Math.min(Math.max(place.to, from + 1), length) }];
  });
  view.dispatch({ effects: foundFaults.of(marked) });
  putCaretBack(view);
}

/** A mark is put around text that is drawn already: browsers take the caret out of what is moved, to where it begins. */
function putCaretBack(view: EditorView) {
  const drawn = view.contentDOM.ownerDocument.getSelection();
  if (!view.hasFocus || view.composing || !drawn) return;
  const { anchor, head } = view.state.selection.main;
  const isIn = drawn.focusNode !== null && view.contentDOM.contains(drawn.focusNode);
  if (isIn && view.posAtDOM(drawn.focusNode, drawn.focusOffset) === head) return;
  const [start, end] = [view.domAtPos(anchor), view.domAtPos(head)];
  drawn.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
}

const shownCall = StateEffect.define<Tooltip | null>();

const callTooltip = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { effects, changes, docChanged }) {
    const told = effects.find((effect) => effect.is(shownCall));
    if (told) return told.value;
    return shown && docChanged ? { ...shown, pos: changes.mapPos(shown.pos) } : shown;
  },
  provide: (field) => showTooltip.from(field),
});

/** Tells of what is under the pointer and of the call that the caret stands in, and marks faults. */
export function telling(asker: PlaceAsker): Extension {
  return [
    squiggles,
    callTooltip,
    callWatcher(asker),
    hoverTooltip((view, pos) => hovered(asker, view, pos), { hideOnChange: true }),
    Prec.highest(
      keymap.of([
        { key: "Escape", run: close, stopPropagation: true },
        { key: "Mod-i", run: (view) => tellName(asker, view), preventDefault: true },
      ]),
    ),
  ];
}

/** What floats goes one by one, the list first; then Escape means what it means around the editor. */
function close(view: EditorView): boolean {
  if (completionStatus(view.state) !== null) return closeCompletion(view);
  const isHovered = hasHoverTooltips(view.state);
  if (!isHovered && view.state.field(callTooltip) === null) return false;
  view.dispatch({ effects: isHovered ? closeHoverTooltips : shownCall.of(null) });
  return true;
}

/** What the pointer would be told of the name at the caret, for those who have none: shown, and read out. */
function tellName(asker: PlaceAsker, view: EditorView): true {
  const { head } = view.state.selection.main;
  activateHover(view, head, head === 0 ? 1 : -1, {
    until: ({ docChanged, selection }) => docChanged || selection !== undefined,
  });
  void asker.ask("name", view.state.doc.toString(), head).then((answer) => {
    const name = answer?.about === "name" ? answer.found : null;
    view.dispatch({ effects: EditorView.announce.of(name ? wordsOf(name).join(". ") : "Nothing is known of this.") });
  });
  return true;
}

async function hovered(asker: PlaceAsker, view: EditorView, pos: number): Promise<Tooltip | null> {
  const fault = faultAt(view, pos);
  if (fault) return { ...fault, above: true, create: () => boxOf([line(fault.problem, "cm-told-fault")]) };
  const answer = await asker.ask("name", view.state.doc.toString(), pos);
  const name = answer?.about === "name" ? answer.found : null;
  return name && { pos: name.from, end: name.to, above: true, create: () => boxOf(nameLines(name)) };
}

function faultAt(view: EditorView, at: number): (Pick<Tooltip, "pos" | "end"> & { problem: string }) | null {
  let found: ReturnType<typeof faultAt> = null;
  view.state.field(squiggles).between(at, at, (pos, end, { spec }) => {
    found = { pos, end, problem: String(spec.fault) };
  });
  return found;
}

function nameLines(name: NameHint): HTMLElement[] {
  const [head = "", ...docs] = wordsOf(name);
  return [line(head, "cm-told-code"), ...docs.map((doc) => line(doc))];
}

function wordsOf({ label, type, doc }: NameHint): string[] {
  return [type.includes("(") ? type : `${label}: ${typeWords(type)}`, ...(doc ? [doc] : [])];
}

const REST_MS = 120;

/** Asks what the call takes once the caret rests in it, while somebody is in the field. */
function callWatcher(asker: PlaceAsker): Extension {
  return ViewPlugin.fromClass(
    class {
      private timer: number | undefined;
      constructor(private readonly view: EditorView) {}

      update({ docChanged, selectionSet, focusChanged }: ViewUpdate) {
        if (!docChanged && !(selectionSet && this.isShown()) && !focusChanged) return;
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => void this.ask(), REST_MS);
      }

      destroy() {
        window.clearTimeout(this.timer);
      }

      private isShown = () => this.view.state.field(callTooltip) !== null;

      private async ask() {
        const { state } = this.view;
        const { head } = state.selection.main;
        const answer = this.view.hasFocus ? await asker.ask("call", state.doc.toString(), head) : null;
        const call = answer?.about === "call" ? answer.found : null;
        if (this.view.state.doc !== state.doc || (!call && !this.isShown())) return;
        this.view.dispatch({ effects: shownCall.of(call && tooltipOf(call)) });
      }
    },
  );
}

function tooltipOf(call: CallHint): Tooltip {
  const [first] = call.ways;
  return {
    pos: call.from,
    above: true,
    strictSide: true,
    create: () =>
      boxOf([...call.ways.map((way) => wayLine(way.type, call.argument)), ...(first?.doc ? [line(first.doc)] : [])]),
  };
}

/** `startsWith(string): bool`, with what is written now in bold. */
function wayLine(type: string, argument: number): HTMLElement {
  const [, head = type, takes = "", rest = ""] = /^(\w+\()(.*)(\).*)$/s.exec(type) ?? [];
  const made = line(head, "cm-told-code");
  takes.split(", ").forEach((each, place) => {
    if (place > 0) made.append(", ");
    const part = made.appendChild(document.createElement(place === argument ? "strong" : "span"));
    part.textContent = each;
  });
  made.append(rest);
  return made;
}

function line(text: string, look?: string): HTMLElement {
  const made = document.createElement("p");
  made.textContent = text;
  if (look) made.className = look;
  return made;
}

function boxOf(lines: readonly HTMLElement[]) {
  const dom = document.createElement("div");
  dom.className = "cm-told";
  dom.append(...lines);
  return { dom };
}
