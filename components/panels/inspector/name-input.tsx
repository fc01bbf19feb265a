"use client";

import { useState } from "react";
import { useFieldControl } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { namesBeside } from "./change";
import { problemOf } from "./check";
import { changeAt, type Place, valueAt } from "./place";
import type { PortNames } from "./setting-edits";
import type { Shape } from "./shape";

type DraftProps = {
  value: string;
  /** Why it cannot be this name, or null. */
  problem(name: string): string | null;
  onCommit(name: string): void;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
};

/** A name that wires or expressions go by: taken over when it is left or Enter is pressed, not with every letter. */
export function DraftName({ value, problem, onCommit, ...rest }: DraftProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const wiring = useFieldControl();
  const wrong = draft === null ? null : problem(draft);

  function commit() {
    if (draft !== null && wrong === null && draft !== value) onCommit(draft);
    setDraft(null);
  }

  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1">
      <TextInput
        {...rest}
        face="mono"
        spellCheck={false}
        {...(wrong || wiring["aria-invalid"] ? { "aria-invalid": true } : {})}
        value={draft ?? value}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
      />
      {wrong && (
        <span role="status" className="text-12 text-bad">
          {wrong}
        </span>
      )}
    </span>
  );
}

type Told = Pick<DraftProps, "aria-label" | "aria-describedby" | "aria-invalid">;
type NameProps = { at: Place; shape: Shape; side: PortNames["side"] } & Told;

/** A text of the settings that names a port. */
export function NameInput({ at, shape, side, ...rest }: NameProps) {
  const value = valueAt(at);
  const text = typeof value === "string" ? value : "";
  const commit = (to: string) =>
    changeAt(at, { value: to, name: `Rename ${text} to ${to}`, port: { side, from: text, to } });

  // Two ports of one name would have their wires mixed up, for good.
  function wrongName(name: string): string | null {
    if (name !== text && namesBeside(at.node.settings, at.path).includes(name))
      return `Another ${side === "inputs" ? "input" : "output"} has this name.`;
    return problemOf(shape, name);
  }

  return <DraftName {...rest} value={text} problem={wrongName} onCommit={commit} />;
}
