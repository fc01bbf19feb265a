"use client";

import { clsx } from "clsx";
import { type ReactNode, useId } from "react";
import { VisuallyHidden } from "@/components/ui/visually-hidden";

export type Segment<Value extends string> = { value: Value; label: string; icon?: ReactNode };

export type SegmentedControlProps<Value extends string> = {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange(value: Value): void;
  /** `icons` shows icons only; the labels stay as names. */
  show?: "labels" | "icons";
  className?: string;
};

/** A few choices, all visible, one taken: radio buttons in one frame. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, segments, value, onChange, show = "labels", className } = props;
  const name = useId();
  return (
    <fieldset className={clsx("inline-flex h-control rounded-control border border-line-strong bg-sunken", className)}>
      <legend className="sr-only">{label}</legend>
      {segments.map((segment) => (
        <label
          key={segment.value}
          title={show === "icons" ? segment.label : undefined}
          className={clsx(
            "quick -my-px relative inline-flex items-center justify-center gap-2 whitespace-nowrap rounded-control border border-transparent text-muted",
            "first-of-type:-ml-px last-of-type:-mr-px hover:text-ink",
            "has-checked:border-control has-checked:bg-raised has-checked:text-ink",
            "has-focus-visible:outline-2 has-focus-visible:outline-focus",
            show === "icons" ? "w-control" : "px-3 text-body",
          )}
        >
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {segment.icon}
          {show === "icons" ? <VisuallyHidden>{segment.label}</VisuallyHidden> : segment.label}
        </label>
      ))}
    </fieldset>
  );
}
