"use client";

import { useEffect, useRef, useState } from "react";
import { toldInWords } from "@/components/panels/runs/step-told";
import { useStepTold } from "@/components/panels/runs/use-step-told";
import { ProgressBar } from "@/components/ui/progress-bar";

const ANNOUNCE_MS = 10_000;

export type StepProgressProps = { run: string; step: string };

/** How far the agent of a running step is, and the text that it makes. Its result takes the place of both. */
export function StepProgress({ run, step }: StepProgressProps) {
  const told = useStepTold(run, step);
  const words = useSlowly(told ? toldInWords(told) : "");
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {told?.done != null && <ProgressBar label="Progress" done={told.done} />}
      {told?.message && <p className="break-words text-muted">{told.message}</p>}
      {told?.text && <TextSoFar text={told.text} />}
      {!told && <p className="text-muted">The agent works. Not every agent says how far it is.</p>}
      <p role="status" className="sr-only">
        {words}
      </p>
    </div>
  );
}

/** Stays at the end of the text, unless its reader has gone back in it. Not announced: it would never be silent. */
function TextSoFar({ text }: { text: string }) {
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <figure aria-label="Text so far" className="min-w-0 rounded-control border bg-sunken">
      <div
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
        className="max-h-code overflow-auto whitespace-pre-wrap break-words p-3 -outline-offset-2"
      >
        {text}
      </div>
    </figure>
  );
}

/** The first words at once, then the latest every so often: a screen reader is not to be kept talking. */
function useSlowly(words: string): string {
  const latest = useRef(words);
  const [said, setSaid] = useState(words);
  const hasWords = words !== "";
  useEffect(() => {
    latest.current = words;
  }, [words]);
  useEffect(() => {
    if (!hasWords) return;
    setSaid(latest.current);
    const timer = setInterval(() => setSaid(latest.current), ANNOUNCE_MS);
    return () => clearInterval(timer);
  }, [hasWords]);
  return said;
}
