"use client";

import { clsx } from "clsx";

export type SwitchProps = {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  help?: string;
  /** The id of what is to be said about it beside its label, such as a fault. */
  describedBy?: string;
  disabled?: boolean;
  className?: string;
};

/** On or off, at once. The whole row is the target. */
export function Switch({ label, checked, onChange, help, describedBy, disabled = false, className }: SwitchProps) {
  return (
    <label
      className={clsx(
        "flex min-h-control items-center gap-3 has-disabled:cursor-not-allowed has-disabled:text-faint",
        className,
      )}
    >
      <span className="relative inline-flex shrink-0">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
          role="switch"
          checked={checked}
          disabled={disabled}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.checked)}
          className="peer quick h-4 w-7 appearance-none rounded-card border border-control bg-well checked:border-accent checked:bg-accent disabled:border-line disabled:checked:bg-line-strong"
        />
        <span
          aria-hidden
          className="quick pointer-events-none absolute top-0.5 left-0.5 size-3 rounded-card bg-control peer-checked:translate-x-3 peer-checked:bg-on-accent"
        />
      </span>
      <span className="min-w-0">
        {label}
        {help && <span className="block text-12 text-faint">{help}</span>}
      </span>
    </label>
  );
}
