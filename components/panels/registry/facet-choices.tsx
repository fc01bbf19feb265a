"use client";

import { useId } from "react";
import type { ListingCounts } from "@/components/api/answers";
import { facetWord, inOrder } from "./registry-words";
import type { RegistryWanted } from "./wanted-in-url";

type Facet = "band" | "protocol" | "effect" | "publisher" | "state";
const FACETS: readonly { facet: Facet; title: string; any: string | null }[] = [
  { facet: "band", title: "Price of a call", any: "Any price" },
  { facet: "publisher", title: "Publisher", any: "Anybody" },
  { facet: "protocol", title: "Protocol", any: "Any protocol" },
  { facet: "effect", title: "When an answer is lost", any: "Any" },
  { facet: "state", title: "State", any: null },
];

type ChoicesProps = {
  wanted: RegistryWanted;
  counts: ListingCounts | undefined;
  look(change: Partial<RegistryWanted>): void;
};

/** What a search is narrowed by, each choice with how many agents it leads to. */
export function FacetChoices({ wanted, counts, look }: ChoicesProps) {
  const categories = counts?.categories ?? [];
  const chosen = wanted.categories.filter((one) => !categories.some(({ value }) => value === one));
  return (
    <div className="flex flex-col gap-5">
      <label className="flex min-h-control items-center gap-2">
        <input
          type="checkbox"
          className="accent-accent"
          checked={wanted.favourites}
          onChange={(event) => look({ favourites: event.target.checked })}
        />
        Favourites only
      </label>
      {(categories.length > 0 || chosen.length > 0) && (
        <Group title="Category">
          {[...chosen.map((value) => ({ value, agents: 0 })), ...categories].map(({ value, agents }) => (
            <Choice
              key={value}
              type="checkbox"
              word={value}
              agents={agents}
              checked={wanted.categories.includes(value)}
              onChange={(on) =>
                look({
                  categories: on ? [...wanted.categories, value] : wanted.categories.filter((one) => one !== value),
                })
              }
            />
          ))}
        </Group>
      )}
      {FACETS.map(({ facet, title, any }) => (
        <Single key={facet} {...{ facet, title, any, wanted, counts, look }} />
      ))}
    </div>
  );
}

type SingleProps = ChoicesProps & { facet: Facet; title: string; any: string | null };

function Single({ facet, title, any, wanted, counts, look }: SingleProps) {
  const name = useId();
  const own = inOrder(facet, counts?.facets[facet] ?? []);
  const value: string | null = wanted[facet];
  const shown = value !== null && !own.some((one) => one.value === value) ? [...own, { value, agents: 0 }] : own;
  if (shown.length === 0) return null;
  return (
    <Group title={title}>
      {any && (
        <Choice type="radio" name={name} word={any} checked={value === null} onChange={() => look({ [facet]: null })} />
      )}
      {shown.map((one) => (
        <Choice
          key={one.value}
          type="radio"
          name={name}
          word={facetWord(facet, one.value)}
          agents={one.agents}
          checked={value === one.value}
          onChange={() => look({ [facet]: one.value })}
        />
      ))}
    </Group>
  );
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-strong text-12 text-muted">{title}</legend>
      {children}
    </fieldset>
  );
}

type ChoiceProps = {
  type: "radio" | "checkbox";
  name?: string;
  word: string;
  agents?: number;
  checked: boolean;
  onChange(on: boolean): void;
};

function Choice({ type, name, word, agents, checked, onChange }: ChoiceProps) {
  return (
    <label className="quick flex items-center gap-2 rounded-control py-1 pointer-coarse:min-h-control hover:bg-hover">
      <input
        type={type}
        name={name}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="shrink-0 accent-accent"
      />
      <span className="min-w-0 flex-1 break-words">{word}</span>
      {agents !== undefined && (
        <span className="font-mono text-12 text-faint tabular-nums">{agents.toLocaleString("en")}</span>
      )}
    </label>
  );
}
