"use client";

import { clsx } from "clsx";
import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { useFieldControl } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input-style";

export type SelectOption<Value extends string> = { value: Value; label: string; disabled?: boolean };

export type SelectProps<Value extends string> = Omit<ComponentProps<"select">, "value" | "onChange" | "children"> & {
  options: readonly SelectOption<Value>[];
  value: Value;
  onChange(value: Value): void;
};

/** The platform's own list: right on every device and keyboard, and costs no code. */
export function Select<Value extends string>({ options, value, onChange, className, ...rest }: SelectProps<Value>) {
  const wiring = useFieldControl();
  return (
    <span className={clsx("relative flex items-center", className)}>
      <select
        {...wiring}
        {...rest}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
        className={clsx(inputStyle(), "appearance-none pr-8")}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled ?? false}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute right-2 text-faint" />
    </span>
  );
}
