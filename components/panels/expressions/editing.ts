import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { standardKeymap } from "@codemirror/commands";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { cel, template } from "./cel-language";
import { colours, look } from "./editor-look";
import { undoByKey, undoByMenu } from "./undo-of-drawing";

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
    Prec.high(keymap.of([{ any: (_, event) => undoByKey(event) }])),
    keymap.of([...closeBracketsKeymap, ...standardKeymap.filter(({ key }) => key !== "Tab")]),
    EditorView.domEventHandlers({ beforeinput: undoByMenu }),
  ];
}
