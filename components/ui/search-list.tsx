"use client";

import { clsx } from "clsx";
import { Search } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import { TextInput } from "@/components/ui/text-input";

export type SearchItem = {
  id: string;
  label: string;
  /** Found by these words, too; not shown. */
  words?: string;
  /** After the label, in a quieter colour. */
  about?: string | undefined;
  icon?: ReactNode;
  /** Below the label, whole: what has to be read before choosing. */
  detail?: ReactNode;
  /** At the right end: a `Kbd`, an amount. */
  aside?: ReactNode;
  group?: string;
  disabled?: boolean;
};

type SearchListProps = {
  label: string;
  placeholder: string;
  items: readonly SearchItem[];
  onPick(id: string): void;
  /** Told of what is typed, so that more can be looked for elsewhere. */
  onWanted?(words: string): void;
  /** In place of the list when nothing is found. */
  nothing: ReactNode;
};

/** A field and what it finds, after the combobox pattern of ARIA: focus stays in the field, arrows walk the list. */
export function SearchList({ label, placeholder, items, onPick, onWanted, nothing }: SearchListProps) {
  const list = useId();
  const [wanted, setWanted] = useState("");
  const [at, setAt] = useState(0);
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = items.filter((item) => {
    const text = `${item.label} ${item.words ?? ""} ${item.about ?? ""} ${item.group ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const place = Math.min(at, Math.max(0, found.length - 1));
  const active = found[place];
  const optionId = (item: SearchItem) => `${list}-${item.id}`;

  useEffect(() => {
    if (active) document.getElementById(`${list}-${active.id}`)?.scrollIntoView({ block: "nearest" });
  }, [active, list]);

  function onKeyDown(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowDown: place + 1, ArrowUp: place - 1 };
    const next = steps[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setAt((next + found.length) % Math.max(1, found.length));
    }
    if (event.key === "Enter" && active) {
      event.preventDefault();
      if (!active.disabled) onPick(active.id);
    }
  }

  return (
    <div className="flex min-h-0 flex-col gap-2">
      <TextInput
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active ? optionId(active) : undefined}
        autoFocus
        autoComplete="off"
        icon={<Search aria-hidden />}
        placeholder={placeholder}
        value={wanted}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setWanted(event.target.value);
          onWanted?.(event.target.value);
          setAt(0);
        }}
      />
      <div id={list} role="listbox" aria-label={label} className="max-h-code min-h-0 overflow-auto">
        {found.map((item, index) => (
          <Option
            key={item.id}
            id={optionId(item)}
            item={item}
            active={item === active}
            heading={item.group !== found[index - 1]?.group ? item.group : undefined}
            onPick={onPick}
          />
        ))}
      </div>
      {found.length === 0 && <p className="px-2 pb-2 text-muted">{nothing}</p>}
    </div>
  );
}

type OptionProps = {
  id: string;
  item: SearchItem;
  active: boolean;
  heading: string | undefined;
  onPick(id: string): void;
};

function Option({ id, item, active, heading, onPick }: OptionProps) {
  return (
    <>
      {heading && (
        <div role="presentation" className="px-2 pt-2 pb-1 text-12 text-faint">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard, as in every combobox */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        aria-disabled={item.disabled ?? false}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => item.disabled || onPick(item.id)}
        className={clsx(
          "flex min-h-control flex-wrap items-center gap-x-2 rounded-control px-2",
          item.detail && "py-2",
          active && "bg-hover",
          item.disabled ? "cursor-not-allowed text-faint" : "cursor-pointer hover:bg-hover",
        )}
      >
        {item.icon && <span className="text-faint">{item.icon}</span>}
        <span className="min-w-0 flex-1 truncate">
          {item.label} {item.about && <span className="ml-1 text-12 text-muted">{item.about}</span>}
        </span>
        {item.aside}
        {item.detail && <span className="w-full">{item.detail}</span>}
      </div>
    </>
  );
}
