"use client";

import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useId } from "react";

type Wiring = { id: string; describedBy: string | undefined; invalid: boolean; required: boolean };
const FieldWiring = createContext<Wiring | null>(null);

type ControlWiring = { id?: string; "aria-describedby"?: string; "aria-invalid"?: true; required?: true };

/** What a control takes from the field around it. Its own props win. */
export function useFieldControl(): ControlWiring {
  const wiring = useContext(FieldWiring);
  if (!wiring) return {};
  return {
    id: wiring.id,
    ...(wiring.describedBy ? { "aria-describedby": wiring.describedBy } : {}),
    ...(wiring.invalid ? { "aria-invalid": true as const } : {}),
    ...(wiring.required ? { required: true as const } : {}),
  };
}

/** The words of the label of the field around: what is no control of the browser's own has to be named by them. */
export function useFieldLabel(): string | undefined {
  const wiring = useContext(FieldWiring);
  return wiring ? labelOf(wiring.id) : undefined;
}

const labelOf = (id: string) => `${id}-label`;

export type FieldProps = {
  label: string;
  help?: ReactNode;
  error?: ReactNode;
  /** Beside the label, at the right: a unit, a limit, a small action. */
  aside?: ReactNode;
  required?: boolean;
  children: ReactNode;
};

/** A label, one control, and what there is to say about it. */
export function Field({ label, help, error, aside, required = false, children }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const describedBy = [error && errorId, help && helpId].filter(Boolean).join(" ") || undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-baseline justify-between gap-2 text-12 text-muted">
        <label id={labelOf(id)} htmlFor={id} className="font-strong">
          {label}
        </label>
        {aside}
      </div>
      <FieldWiring value={{ id, describedBy, invalid: Boolean(error), required }}>{children}</FieldWiring>
      {error && (
        <p id={errorId} className="flex items-start gap-1 text-12 text-bad">
          <CircleAlert aria-hidden />
          {error}
        </p>
      )}
      {help && (
        <p id={helpId} className="text-12 text-faint">
          {help}
        </p>
      )}
    </div>
  );
}
