"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, useState } from "react";
import { useFieldControl } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input-style";

export type NumberInputProps = {
  value: number | null;
  onChange(value: number | null): void;
  min?: number;
  max?: number;
  step?: number;
  unit?: string;
  disabled?: boolean;
  "aria-label"?: string;
  className?: string;
};

/** A count or a duration: never money, which is an `AmountInput`. Arrow keys step; the wheel does not. */
export function NumberInput(props: NumberInputProps) {
  const { value, onChange, unit, className, step = 1, disabled } = props;
  const wiring = useFieldControl();
  const [typed, setTyped] = useState("");
  const read = readNumber(typed);
  const shown = read === value ? typed : value === null ? typed : String(value);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = props;
  const outside = value !== null && (value < min || value > max);

  function change(text: string) {
    setTyped(text);
    onChange(readNumber(text));
  }

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    change(String(Math.min(max, Math.max(min, (value ?? 0) + by))));
  }

  return (
    <span className={clsx("relative flex items-center", className)}>
      <input
        {...wiring}
        {...spoken(props)}
        {...(outside || (value === null && typed !== "") ? { "aria-invalid": true } : {})}
        role="spinbutton"
        type="text"
        inputMode="decimal"
        autoComplete="off"
        disabled={disabled}
        value={shown}
        onKeyDown={onKeyDown}
        onChange={(event) => change(event.target.value)}
        className={clsx(inputStyle({ face: "mono" }), unit && "pr-16")}
      />
      {unit && (
        <span aria-hidden className="pointer-events-none absolute right-2 text-12 text-faint">
          {unit}
        </span>
      )}
    </span>
  );
}

/** What assistive technology says of a spin button: attributes that are unknown are left out. */
function spoken({ value, min, max, unit, "aria-label": label }: NumberInputProps) {
  const known = {
    "aria-label": label,
    "aria-valuenow": value ?? undefined,
    "aria-valuemin": min,
    "aria-valuemax": max,
    "aria-valuetext": unit && value !== null ? `${value} ${unit}` : undefined,
  };
  return Object.fromEntries(Object.entries(known).filter(([, part]) => part !== undefined));
}

function readNumber(text: string): number | null {
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}
