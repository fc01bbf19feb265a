import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeCompletion,
  insertCompletionText,
  pickedCompletion,
} from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { Completions } from "@/flows/expressions/completions";
import { typeWords } from "@/flows/expressions/type-words";
import type { PlaceAsker } from "./place-asker";

type Item = Completions["items"][number];

/** What is nearest to hand comes first: what the node has before what the language has. */
const NEARNESS: Readonly<Record<Item["kind"], number>> = {
  variable: 4,
  field: 4,
  macro: 2,
  method: 2,
  function: 1,
  literal: 0,
};

/** Offers what can be written at the caret, as the compiler knows it. */
export function completing(asker: PlaceAsker): Extension {
  return [
    autocompletion({
      override: [(context) => offered(asker, context)],
      icons: false,
      maxRenderedOptions: 60,
      // A key means what one sees, from the first moment that the list is there.
      interactionDelay: 0,
    }),
    Prec.highest(
      keymap.of([
        // Before anything around the editor hears of it: the list goes first.
        { key: "Escape", run: closeCompletion, stopPropagation: true },
        // Tab leaves the field, not for the list below it.
        { key: "Tab", run: closed, shift: closed },
      ]),
    ),
    EditorView.updateListener.of(({ view }) => view.requestMeasure(reachable)),
  ];
}

function closed(view: EditorView): false {
  closeCompletion(view);
  return false;
}

/** A list that scrolls has to be reachable for browsers in which only what has the focus can be scrolled by keys. */
const reachable = {
  key: "reachable completions",
  read: ({ dom }: EditorView) => dom.querySelector(".cm-tooltip-autocomplete > ul:not([tabindex])"),
  write: (list: Element | null) => list?.setAttribute("tabindex", "0"),
};

async function offered(asker: PlaceAsker, context: CompletionContext): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  const from = word?.from ?? context.pos;
  const isAsked = context.explicit || word !== null || context.matchBefore(/\.\s*/) !== null;
  if (!isAsked) return null;
  // All that fits at the beginning of the word: the editor narrows it down while one types on.
  const answer = await asker.ask("completions", context.state.doc.toString(), from);
  if (context.aborted || answer?.about !== "completions") return null;
  const items = answer.found.items.filter((item) => context.explicit || !isWritten(item, word?.text ?? ""));
  return items.length === 0 ? null : { from, options: items.map(optionOf), validFor: /^\w*$/ };
}

/** Whether a name stands there whole already, and nothing could be added to it. */
function isWritten(item: Item, word: string): boolean {
  return item.label === word && !isCallable(item);
}

function optionOf(item: Item): Completion {
  const isName = item.kind === "variable" || item.kind === "field";
  return {
    label: item.label,
    type: item.kind,
    detail: isName || item.kind === "literal" ? typeWords(item.type) : called(item),
    boost: NEARNESS[item.kind],
    ...(item.doc || isCallable(item) ? { info: () => infoOf(item) } : {}),
    apply: (view, completion, range) =>
      put(view, { completion, item, range: { from: range, to: view.state.selection.main.head } }),
  };
}

/** What stands behind the name of a function; of several ways to call it, that there are several. */
function called({ label, type }: Item): string {
  const [first = "", ...others] = type.split("\n");
  return `${first.slice(label.length)}${others.length > 0 ? `, and ${others.length} more` : ""}`;
}

const isCallable = ({ type }: Item): boolean => type.includes("(");

function infoOf(item: Item): Node {
  const { type, doc } = item;
  const info = document.createElement("div");
  if (isCallable(item)) info.appendChild(document.createElement("code")).textContent = type;
  if (doc) info.appendChild(document.createElement("p")).textContent = doc;
  return info;
}

type Put = { completion: Completion; item: Item; range: { from: number; to: number } };

/** A function comes with both of its brackets, and the caret between them. */
function put(view: EditorView, { completion, item, range: { from, to } }: Put) {
  const opens = item.insert.endsWith("(");
  const hasBracket = view.state.sliceDoc(to, to + 1) === "(";
  const text = opens ? (hasBracket ? item.label : `${item.label}()`) : item.insert;
  const caret = from + (opens ? item.label.length + 1 : text.length);
  view.dispatch({
    ...insertCompletionText(view.state, text, from, to),
    selection: { anchor: caret },
    annotations: pickedCompletion.of(completion),
  });
}
