"use client";

import { startCompletion } from "@codemirror/autocomplete";
import { EditorSelection, EditorState, Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { clsx } from "clsx";
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { useStudio } from "@/components/store/studio-store";
import { useFieldControl, useFieldLabel } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input-style";
import type { FlowNode } from "@/flows/graph/graph";
import { askerOf } from "./ask-compiler";
import { completing } from "./completing";
import { type CodeForm, editing } from "./editing";
import { ExpressionFoot } from "./expression-foot";
import { follow, fromOutside, inEditor, wiredTo, wiring } from "./outside";
import type { PlaceAsker } from "./place-asker";
import { RunFoot } from "./run-foot";
import { showFaults, telling } from "./telling";
import { useRunValues } from "./use-run-values";
import { useWhole } from "./use-whole";

/** Where the caret was in the plain field that the editor takes the place of, and whether something was typed there. */
export type Entered = { anchor: number; head: number; typed: boolean };

export type CodeEditorProps = {
  node: FlowNode;
  field: string;
  form: CodeForm;
  value: string;
  rows: number;
  entered: Entered | null;
  onChange(text: string): void;
};

/** A text with code in it. The drawing has the text and its undo; the editor only shows it. */
export function CodeEditor({ node, field, form, value, rows, entered, onChange }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const wasWhole = useRef(false);
  const [asker] = useState(() => askerOf());
  const control = useFieldControl();
  const foot = useId();
  const described = [control["aria-describedby"], foot].filter(Boolean).join(" ");
  const wires = { ...control, "aria-describedby": described, label: useFieldLabel() };
  const shape = JSON.stringify(wires);
  const inRun = useRunValues(node.id);
  const judged = useWhole(asker, { node: node.id, field, text: inEditor(value), values: inRun?.values ?? null });

  const typed = useEffectEvent((text: string, isWhole: boolean) => {
    if (isWhole || wasWhole.current) useStudio.getState().seal();
    wasWhole.current = isWhole;
    onChange(text);
    requestAnimationFrame(catchUp);
  });
  /** The drawing may have refused what was typed, or say something else by now. */
  const catchUp = useEffectEvent(() => {
    if (view) follow(view, value);
  });

  const ask = useEffectEvent<PlaceAsker["ask"]>((about, text, offset) =>
    asker.ask({ about, node: node.id, field, text, offset }),
  );

  useLayoutEffect(() => {
    const { current: parent } = place;
    if (!parent) return;
    const places: PlaceAsker = { ask: (about, text, offset) => ask(about, text, offset) };
    const extensions = [
      editing(form),
      completing(places),
      telling(places),
      wiring.of(wiredTo(JSON.parse(shape))),
      EditorView.updateListener.of((update) => {
        const own = update.transactions.filter((each) => each.docChanged && !each.annotation(fromOutside));
        if (own.length === 0) return;
        const isWhole = own.some((each) => WHOLE.some((event) => each.isUserEvent(event)));
        typed(update.state.doc.toString(), isWhole);
      }),
    ];
    const doc = Text.of(value.split(/\r\n?|\n/));
    // From the first moment on: a caret that is put there later would close a list of completions again.
    const caret = entered
      ? { selection: EditorSelection.single(within(doc, entered.anchor), within(doc, entered.head)) }
      : {};
    const made = new EditorView({ parent, state: EditorState.create({ doc, extensions, ...caret }) });
    if (entered) made.focus();
    // As if it had been typed here, once the browser has told of the caret's new place: that would close the list again.
    const isBegun = entered?.typed === true && isInWord(made.state);
    const offer = requestAnimationFrame(() => isBegun && startCompletion(made));
    setView(made);
    return () => {
      cancelAnimationFrame(offer);
      made.destroy();
    };
    // Made once: what changes later is told to it below.
  }, [form]);

  useEffect(() => {
    view?.dispatch({ effects: wiring.reconfigure(wiredTo(JSON.parse(shape))) });
  }, [view, shape]);
  useEffect(() => {
    if (view) follow(view, value);
  }, [view, value]);
  useEffect(() => {
    if (view && judged) showFaults(view, judged.text, judged.whole);
  }, [view, judged]);
  useFocusByLabel(view, wires.label);

  return (
    <>
      <div
        ref={place}
        data-invalid={wires["aria-invalid"] ?? undefined}
        style={{ minHeight: `calc(var(--lead-body) * ${rows} + var(--grid) * 2 + var(--hairline) * 2)` }}
        className={clsx(
          inputStyle({ shape: "area", face: form === "template" ? "sans" : "mono" }),
          "flex h-auto px-0! py-0! focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus",
          "data-invalid:border-bad",
        )}
      />
      <ExpressionFoot id={foot} judged={judged} form={form} told={Boolean(wires["aria-invalid"])} />
      {inRun && judged && <RunFoot inRun={inRun} whole={judged.whole} among={field.includes(".")} />}
    </>
  );
}

const within = (doc: Text, place: number) => Math.min(place, doc.length);

function isInWord({ doc, selection }: EditorState): boolean {
  const { head, empty } = selection.main;
  return empty && /[\w.]/.test(doc.sliceString(head - 1, head));
}

const WHOLE = ["input.complete", "input.paste", "input.drop", "delete.cut"];

/** A label goes to what it names; browsers do that only for controls of their own. */
function useFocusByLabel(view: EditorView | null, label: string | undefined) {
  useEffect(() => {
    const words = label === undefined ? null : document.getElementById(label);
    if (!view || !words) return;
    const focus = () => view.focus();
    words.addEventListener("click", focus);
    return () => words.removeEventListener("click", focus);
  }, [view, label]);
}
