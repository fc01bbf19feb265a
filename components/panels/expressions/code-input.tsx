"use client";

import { type ComponentType, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { fetchInTime } from "@/components/ui/loaded-later";
import { TextArea } from "@/components/ui/text-area";
import type { CodeEditorProps, Entered } from "./code-editor";
import { undoByKey, undoByMenu } from "./undo-of-drawing";

const load = fetchInTime(() => import("./code-editor").then((file) => file.CodeEditor));
let loaded: ComponentType<CodeEditorProps> | null = null;

/**
 * What code is typed into: a plain text area until the editor has been loaded, and for good where it cannot be. What was
 * typed by then stands in the document, and the caret goes along.
 */
export function CodeInput(props: Omit<CodeEditorProps, "entered">) {
  const [Editor, setEditor] = useState(() => loaded);
  const [entered, setEntered] = useState<Entered | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const typed = useRef(false);
  const waits = useRef<(() => void) | null>(null);

  useEffect(() => {
    if (Editor) return;
    let gone = false;
    const change = (next: ComponentType<CodeEditorProps>) => {
      loaded = next;
      if (gone) return;
      // A word that is put together in several presses must not lose its place.
      if (composing.current) {
        waits.current = () => change(next);
        return;
      }
      const { current } = area;
      const isIn = current !== null && current === document.activeElement;
      // At once: a key that came between would go to where the caret was.
      flushSync(() => {
        const caret = isIn ? { anchor: current.selectionStart, head: current.selectionEnd } : null;
        setEntered(caret && { ...caret, typed: typed.current });
        setEditor(() => next);
      });
    };
    load().then(change, () => undefined); // without it one types as before
    return () => {
      gone = true;
    };
  }, [Editor]);

  useEffect(() => {
    const { current } = area;
    if (!current) return;
    current.addEventListener("keydown", undoByKey);
    current.addEventListener("beforeinput", undoByMenu);
    return () => {
      current.removeEventListener("keydown", undoByKey);
      current.removeEventListener("beforeinput", undoByMenu);
    };
  }, []);

  if (Editor) return <Editor {...props} entered={entered} />;
  return (
    <TextArea
      ref={area}
      face={props.form === "template" ? "sans" : "mono"}
      rows={props.rows}
      spellCheck={props.form === "template"}
      value={props.value}
      onChange={(event) => {
        typed.current = true;
        props.onChange(event.target.value);
      }}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={() => {
        composing.current = false;
        // Behind the press itself, whose last letter is still on its way.
        if (waits.current) setTimeout(waits.current);
      }}
    />
  );
}
