"use client";

import { useState } from "react";
import { TextArea } from "@/components/ui/text-area";
import type { Json } from "@/flows/basics/json";
import { sameJson } from "@/flows/basics/same-json";

type JsonProps = {
  value: Json | undefined;
  rows?: number;
  "aria-label"?: string;
  onChange(value: Json | undefined): void;
};

/** A value as it stands in the file. It is taken over whenever it can be read. */
export function JsonInput({ value, rows = 6, onChange, ...rest }: JsonProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const read = draft === null ? null : readJson(draft);
  // What is typed stays while it says the value; an undo elsewhere takes its place.
  const isOwn = draft !== null && (!read || sameJson(read.value, value));
  const shown = isOwn ? draft : value === undefined ? "" : JSON.stringify(value, null, 2);
  const isBroken = draft !== null && !read;

  function change(text: string) {
    setDraft(text);
    const next = readJson(text);
    if (next) onChange(next.value);
  }

  return (
    <span className="flex flex-col gap-1">
      <TextArea
        {...rest}
        face="mono"
        rows={rows}
        spellCheck={false}
        {...(isBroken ? { "aria-invalid": true } : {})}
        value={shown}
        onChange={(event) => change(event.target.value)}
      />
      {isBroken && (
        <span role="status" className="text-12 text-bad">
          This is not JSON yet. What was set before holds.
        </span>
      )}
    </span>
  );
}

function readJson(text: string): { value: Json | undefined } | null {
  if (text.trim() === "") return { value: undefined };
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return null;
  }
}
