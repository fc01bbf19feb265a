"use client";

import { Check, CloudOff, OctagonX } from "lucide-react";
import type { ReactNode } from "react";
import { type SaveWord, saveWord } from "@/components/store/saving-slice";
import { useStudio } from "@/components/store/studio-store";
import { Spinner } from "@/components/ui/spinner";

const LOOK: Record<SaveWord, { icon: ReactNode; words: string; tone: string }> = {
  saved: { icon: <Check aria-hidden />, words: "saved", tone: "text-faint" },
  saving: { icon: <Spinner />, words: "saving", tone: "text-faint" },
  offline: { icon: <CloudOff aria-hidden />, words: "offline", tone: "text-warn" },
  refused: { icon: <OctagonX aria-hidden />, words: "not saved", tone: "text-bad" },
};

/** Whether the server has what is drawn. */
export function SaveState() {
  const word = useStudio(saveWord);
  const revision = useStudio((studio) => studio.saved?.revision ?? null);
  const count = useStudio((studio) => studio.pending.length);
  const { icon, words, tone } = LOOK[word];
  return (
    <span role="status" aria-label="Saved state" className={`flex shrink-0 items-center gap-1 text-12 ${tone}`}>
      {icon}
      <span className="max-lg:sr-only">
        {words}
        {(word === "offline" || word === "refused") && `, ${count} ${count === 1 ? "edit" : "edits"} kept here`}
        {word === "saved" && revision !== null && ` · revision ${revision}`}
      </span>
    </span>
  );
}
