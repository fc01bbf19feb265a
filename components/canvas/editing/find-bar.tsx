"use client";

import { useReactFlow } from "@xyflow/react";
import { CaseSensitive, ChevronDown, ChevronUp, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { TextInput } from "@/components/ui/text-input";
import { toast } from "@/components/ui/toast";
import { explainEdit, titleOf } from "../../store/edit-words";
import { useStudio } from "../../store/studio-store";
import { findWords, type Hit, placeOf, replaceEdits } from "./find";

/** Finds words in titles and settings, goes from place to place, and puts others there. */
export function FindBar({ onClose }: { onClose(): void }) {
  const { fitView } = useReactFlow();
  const document = useStudio((studio) => studio.document);
  const [words, setWords] = useState("");
  const [by, setBy] = useState("");
  const [exactCase, setExactCase] = useState(false);
  const [at, setAt] = useState(0);
  const hits = findWords(document, { words, exactCase });
  const place = Math.min(at, Math.max(0, hits.length - 1));
  const hit = hits[place];

  function show(next: Hit | undefined) {
    if (!next) return;
    useStudio.getState().select({ nodes: [next.node] });
    void fitView({ nodes: [{ id: next.node }], padding: 0.6, maxZoom: 1 });
  }

  function go(step: number) {
    const next = (place + step + hits.length) % Math.max(1, hits.length);
    setAt(next);
    show(hits[next]);
  }

  function find(next: string) {
    setWords(next);
    setAt(0);
    show(findWords(document, { words: next, exactCase })[0]);
  }

  function replace(which: readonly Hit[]) {
    const count = which.length === 1 ? "1 place" : `${which.length} places`;
    const refused = useStudio.getState().edit(replaceEdits(document, which, { words, by }), {
      name: `Replace ${words} in ${count}`,
    });
    if (refused) toast({ title: "Not replaced", text: explainEdit(document, refused), status: "denied" });
    else if (which.length > 1) toast({ title: `Replaced in ${count}`, text: "One undo takes all of it back." });
  }

  return (
    <search
      aria-label="Find and replace"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      className="absolute top-3 right-3 z-20 flex w-popover max-w-full animate-rise flex-col gap-2 rounded-card border border-line-strong bg-raised p-2 shadow-float"
    >
      <div className="flex items-center gap-1">
        <TextInput
          aria-label="Find"
          placeholder="Find in titles and settings"
          autoFocus
          value={words}
          onChange={(event) => find(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          }}
        />
        <IconButton
          label="Match case"
          icon={<CaseSensitive />}
          aria-pressed={exactCase}
          className={exactCase ? "bg-selected! text-accent-ink!" : ""}
          onClick={() => setExactCase(!exactCase)}
        />
        <IconButton label="Close find" icon={<X />} onClick={onClose} />
      </div>
      <div className="flex items-center gap-1">
        <TextInput
          aria-label="Replace with"
          placeholder="Replace with"
          value={by}
          onChange={(event) => setBy(event.target.value)}
        />
        <IconButton label="Previous" icon={<ChevronUp />} disabled={!hit} onClick={() => go(-1)} />
        <IconButton label="Next" icon={<ChevronDown />} disabled={!hit} onClick={() => go(1)} />
      </div>
      <div className="flex flex-wrap items-center justify-end gap-1">
        <p role="status" className="w-full truncate px-1 text-12 text-muted tabular-nums empty:hidden">
          {words !== "" &&
            (hit
              ? `${place + 1} of ${hits.length} · ${titleOf(document, hit.node)}, ${placeOf(hit)}`
              : `0 of 0 · nothing says “${words}”`)}
        </p>
        <Button disabled={!hit} onClick={() => hit && replace([hit])}>
          Replace
        </Button>
        <Button disabled={!hit} onClick={() => replace(hits)}>
          Replace all
        </Button>
      </div>
    </search>
  );
}
