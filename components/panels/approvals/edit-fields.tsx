"use client";

import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import type { Json } from "@/flows/basics/json";
import type { Editable } from "@/flows/plan/agreement";
import { partOf } from "@/flows/ports/values";

type Value = string | number | boolean;
/** What was changed, by its place among what may be. */
export type Changes = ReadonlyMap<number, Value>;

type EditFieldsProps = {
  edits: readonly Editable[];
  shows: Readonly<Record<string, Json>>;
  changes: Changes;
  onChange(changes: Changes): void;
};

/** The values that the flow lets an approver change, each within its bounds. */
export function EditFields({ edits, shows, changes, onChange }: EditFieldsProps) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 font-strong">You may change</legend>
      {edits.map((may, place) => {
        const was = partOf(shows[may.field], may.at);
        const value = changes.get(place) ?? was;
        const change = (next: Value | null) => onChange(changed(changes, place, next === was ? null : next));
        return <One key={`${may.field} ${may.at.join(".")}`} may={may} value={value} onChange={change} />;
      })}
    </fieldset>
  );
}

function changed(changes: Changes, place: number, value: Value | null): Changes {
  const others = [...changes].filter(([each]) => each !== place);
  return new Map(value === null ? others : [...others, [place, value]]);
}

type OneProps = { may: Editable; value: Json | undefined; onChange(value: Value | null): void };

function One({ may, value, onChange }: OneProps) {
  switch (may.type) {
    case "number":
      return (
        <Field label={may.title} help={`From ${may.least} to ${may.most}${may.whole ? ", whole" : ""}.`}>
          <NumberInput
            value={typeof value === "number" ? value : null}
            min={may.least}
            max={may.most}
            onChange={onChange}
          />
        </Field>
      );
    case "choice":
      return (
        <Field label={may.title}>
          <Select
            value={String(value ?? "")}
            options={[...new Set([String(value ?? ""), ...may.among])].map((choice) => ({
              value: choice,
              label: choice,
            }))}
            onChange={onChange}
          />
        </Field>
      );
    case "yes_no":
      return <Switch label={may.title} checked={value === true} onChange={onChange} />;
    default:
      return (
        <Field label={may.title} help={`At most ${may.most} characters.`}>
          <TextArea
            rows={2}
            maxLength={may.most}
            value={typeof value === "string" ? value : ""}
            onChange={(event) => onChange(event.target.value)}
          />
        </Field>
      );
  }
}
