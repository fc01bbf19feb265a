"use client";

import { type ComponentType, useEffect, useRef, useState } from "react";
import { fetchInTime } from "@/components/ui/loaded-later";
import { TextArea } from "@/components/ui/text-area";
import type { CodeEditorProps, Entered } from "./code-editor";

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

  useEffect(() => {
    if (Editor) return;
    let gone = false;
    const change = (next: ComponentType<CodeEditorProps>) => {
      loaded = next;
      if (gone) return;
      // A word that is put together in several presses must not lose its place.
      if (composing.current) return void area.current?.addEventListener("compositionend", () => change(next));
      const { current } = area;
      if (current && current === document.activeElement)
        setEntered({ anchor: current.selectionStart, head: current.selectionEnd });
      setEditor(() => next);
    };
    load().then(change, () => undefined); // without it one types as before
    return () => {
      gone = true;
    };
  }, [Editor]);

  if (Editor) return <Editor {...props} entered={entered} />;
  return (
    <TextArea
      ref={area}
      face={props.form === "template" ? "sans" : "mono"}
      rows={props.rows}
      spellCheck={props.form === "template"}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={() => {
        composing.current = false;
      }}
    />
  );
}
