"use client";

import { type ReactNode, useId } from "react";
import { Field } from "@/components/ui/field";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import { problemOf } from "./check";
import { changeAt, fieldOf, type SettingProps, useCompilerProblem, valueAt } from "./place";
import { isDeep } from "./places";

/** What is wrong with a setting: what its schema says at once, else what the compiler says of it. */
export function useProblem({ at, shape, required }: SettingProps): string | undefined {
  const compiler = useCompilerProblem(at.node.id, fieldOf(at), isDeep(shape));
  const value = valueAt(at);
  if (value === undefined && !required) return compiler;
  return problemOf(shape, value) ?? compiler;
}

type FieldProps = { setting: SettingProps; help?: ReactNode; children: ReactNode };

/** The label, the help and the faults of a setting around its control. */
export function SettingField({ setting, help, children }: FieldProps) {
  const problem = useProblem(setting);
  const { shape, required } = setting;
  return (
    <Field
      label={shape.title}
      help={help ?? shape.help}
      error={problem}
      required={required}
      aside={<BackToDefault {...setting} />}
    >
      {children}
    </Field>
  );
}

/** A setting that is not set has its default; one that is set can go back to it. */
export function BackToDefault({ at, shape, required }: SettingProps) {
  if (required) return null;
  if (valueAt(at) === undefined)
    return shape.initial === undefined ? null : <span className="text-faint">default</span>;
  const word = shape.initial === undefined ? "Clear" : "Back to default";
  return (
    <button
      type="button"
      className="quick shrink-0 whitespace-nowrap rounded-control text-12 text-muted underline hover:text-ink"
      onClick={() => changeAt(at, { value: undefined, name: `${word}: ${shape.title}` })}
    >
      {word}
      <VisuallyHidden> for {shape.title}</VisuallyHidden>
    </button>
  );
}

/** The frame of a setting that is made of others. */
export function SettingGroup({ setting, children }: { setting: SettingProps; children: ReactNode }) {
  const problem = useProblem(setting);
  const { shape } = setting;
  const id = useId();
  const said = [problem && `${id}-problem`, shape.help && `${id}-help`].filter(Boolean).join(" ");
  return (
    <fieldset className="flex min-w-0 flex-col gap-2" {...(said ? { "aria-describedby": said } : {})}>
      <legend className="sr-only">{shape.title}</legend>
      <div className="flex items-baseline justify-between gap-2 text-12 text-muted">
        <span aria-hidden className="font-strong">
          {shape.title}
        </span>
        <BackToDefault {...setting} />
      </div>
      {children}
      {problem && (
        <p id={`${id}-problem`} className="text-12 text-bad">
          {problem}
        </p>
      )}
      {shape.help && (
        <p id={`${id}-help`} className="text-12 text-faint">
          {shape.help}
        </p>
      )}
    </fieldset>
  );
}
