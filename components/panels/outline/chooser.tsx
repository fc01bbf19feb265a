"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { TextInput } from "@/components/ui/text-input";

export type Choice = {
  id: string;
  label: string;
  about?: string | undefined;
  /** Why it cannot be chosen. */
  why?: string | null;
};

export type ChooserProps = {
  title: string;
  choices: readonly Choice[];
  onChoose(id: string): void;
  onClose(): void;
};

const AT_MOST = 60;

/** The dialog would begin at its button to close; people came to search. */
const focused = (input: HTMLInputElement | null) => input?.focus();

/** A list that is searched and chosen from by keyboard. What cannot be chosen says why, after what can. */
export function Chooser({ title, choices, onChoose, onClose }: ChooserProps) {
  const base = useId();
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const found = findChoices(choices, wanted);
  const shown = found.slice(0, AT_MOST);
  const active = shown[Math.min(at, shown.length - 1)];

  function choose(choice: Choice | undefined) {
    if (!choice || choice.why) return;
    onClose();
    onChoose(choice.id);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") choose(active);
    else if (event.key === "ArrowDown") setAt(Math.min(at + 1, shown.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else return;
    event.preventDefault();
  }

  return (
    <Dialog open onClose={onClose} title={title}>
      <TextInput
        type="search"
        ref={focused}
        role="combobox"
        aria-label="Search"
        placeholder="Type to search"
        icon={<Search aria-hidden />}
        aria-expanded
        aria-controls={`${base}-list`}
        aria-activedescendant={active ? `${base}-${active.id}` : undefined}
        value={wanted}
        onChange={(event) => {
          setWanted(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={`${base}-list`} aria-label={title} tabIndex={-1} className="mt-2 max-h-80 overflow-auto">
        {shown.map((choice) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the search above it
          <div
            key={choice.id}
            role="option"
            id={`${base}-${choice.id}`}
            aria-selected={choice === active}
            aria-disabled={Boolean(choice.why)}
            tabIndex={-1}
            ref={(row) => {
              if (choice === active) row?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => choose(choice)}
            className="flex min-h-control cursor-default flex-col justify-center rounded-control px-2 py-1 hover:bg-hover aria-selected:bg-selected"
          >
            <span className={clsx(choice.why ? "text-muted" : "font-strong")}>{choice.label}</span>
            {(choice.why ?? choice.about) && <span className="text-12 text-muted">{choice.why ?? choice.about}</span>}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p className="py-2 text-muted">Nothing fits “{wanted}”.</p>}
    </Dialog>
  );
}

/** What has all the words: what can be chosen first, and among that what has them side by side as they were typed. */
export function findChoices(choices: readonly Choice[], wanted: string): readonly Choice[] {
  const typed = wanted.trim().toLowerCase();
  const words = typed.split(/\s+/);
  return choices
    .map((choice) => ({ choice, text: `${choice.label} ${choice.about ?? ""}`.toLowerCase() }))
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ choice }) => choice);

  function rank({ choice, text }: { choice: Choice; text: string }): number {
    return (choice.why ? 2 : 0) + (text.includes(typed) ? 0 : 1);
  }
}
