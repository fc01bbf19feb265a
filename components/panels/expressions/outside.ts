import { Annotation, Compartment, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** A change that nobody typed here: the drawing says something else by now, by undo or from another tab. */
export const fromOutside = Annotation.define<true>();

/** A text as an editor holds it, which knows one end of a line: a carriage return is no change to anybody. */
export const inEditor = (text: string) => text.replace(/\r\n?/g, "\n");

/** Has an editor show this text, with the caret left where it can be; not while a word is put together in several presses. */
export function follow(view: EditorView, told: string) {
  const text = inEditor(told);
  const now = view.state.doc.toString();
  if (now === text || view.composing) return;
  const most = Math.min(now.length, text.length);
  let same = 0;
  while (same < most && now[same] === text[same]) same += 1;
  let rest = 0;
  while (rest < most - same && now[now.length - 1 - rest] === text[text.length - 1 - rest]) rest += 1;
  view.dispatch({
    changes: { from: same, to: now.length - rest, insert: text.slice(same, text.length - rest) },
    annotations: fromOutside.of(true),
  });
}

export const wiring = new Compartment();

type Wires = {
  id?: string;
  label?: string | undefined;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  required?: true;
};

/** The field around it names the editor, says what there is to say about it and whether it is faulty. */
export function wiredTo({ id, label, required, ...told }: Wires): Extension {
  return EditorView.contentAttributes.of({
    ...(id ? { id } : {}),
    ...(label ? { "aria-labelledby": label } : {}),
    ...(required ? { "aria-required": "true" } : {}),
    ...(told["aria-describedby"] ? { "aria-describedby": told["aria-describedby"] } : {}),
    ...(told["aria-invalid"] ? { "aria-invalid": "true" } : {}),
  });
}
