import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { standardKeymap } from "@codemirror/commands";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { useStudio } from "@/components/store/studio-store";
import { cel, template } from "./cel-language";
import { colours, look } from "./editor-look";

export type CodeForm = "expression" | "template";

/** How code is typed, whoever helps with it. Tab leaves the field: no key is bound to it. */
export function editing(form: CodeForm): Extension {
  return [
    form === "template" ? template : cel,
    syntaxHighlighting(colours),
    look,
    EditorView.lineWrapping,
    // Words of a language that people speak, with some code in them.
    form === "template" ? EditorView.contentAttributes.of({ spellcheck: "true", autocorrect: "on" }) : [],
    bracketMatching(),
    closeBrackets(),
    Prec.high(keymap.of([{ any: onUndoKey }])),
    keymap.of([...closeBracketsKeymap, ...standardKeymap.filter(({ key }) => key !== "Tab")]),
    EditorView.domEventHandlers({ beforeinput: onUndoByMenu }),
  ];
}

/** The undo of the drawing is the only one: what is typed here is a step of it. */
function onUndoKey(_: EditorView, event: KeyboardEvent): boolean {
  const { key, shiftKey } = event;
  const letter = key.toLowerCase(); // with the capitals locked, Shift makes them small
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (letter !== "z" && letter !== "y")) return false;
  event.preventDefault();
  return turned(letter === "y" || shiftKey ? "redo" : "undo");
}

function turned(way: "undo" | "redo"): true {
  useStudio.getState()[way]();
  return true;
}

function onUndoByMenu(event: InputEvent): boolean {
  if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return false;
  event.preventDefault();
  return turned(event.inputType === "historyUndo" ? "undo" : "redo");
}
