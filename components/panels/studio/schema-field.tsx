"use client";

import { type ChangeEvent, useState } from "react";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { Json } from "@/flows/basics/json";
import { type FieldShape, shapeOf } from "./field-shape";
import { FileButton } from "./file-button";
import { FileField } from "./file-field";

export type SchemaFieldProps = {
  name: string;
  property: { readonly [key: string]: unknown };
  value: Json | undefined;
  required?: boolean;
  error?: string | undefined;
  /** Takes the focus when it appears. */
  first?: boolean;
  onChange(value: Json | undefined): void;
};

/** One field of a form that is drawn from a JSON Schema. An empty field is left out, so that its default holds. */
export function SchemaField(props: SchemaFieldProps) {
  const { name, property, value, required = false, error, first = false, onChange } = props;
  const shape = shapeOf(name, property);
  if (shape.type === "boolean")
    return (
      <Switch
        label={shape.title}
        checked={value === true}
        onChange={onChange}
        {...(shape.help ? { help: shape.help } : {})}
      />
    );
  return (
    <Field
      label={shape.title}
      required={required}
      help={shape.help}
      error={error}
      aside={shape.type === "csv" && <FileButton title={shape.title} onRead={onChange} />}
    >
      <Control shape={shape} value={value} first={first} onChange={onChange} />
    </Field>
  );
}

type ControlProps = {
  shape: FieldShape;
  value: Json | undefined;
  first: boolean;
  onChange(value: Json | undefined): void;
};

function Control({ shape, value, first, onChange }: ControlProps) {
  const text = typeof value === "string" ? value : "";
  const onText = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onChange(event.target.value === "" ? undefined : event.target.value);
  switch (shape.type) {
    case "choice":
      return (
        <Select
          options={[{ value: "", label: "Not set" }, ...shape.choices.map((one) => ({ value: one, label: one }))]}
          value={text}
          onChange={(chosen) => onChange(chosen === "" ? undefined : chosen)}
        />
      );
    case "number":
      return (
        <NumberInput
          value={typeof value === "number" ? value : null}
          onChange={(number) => onChange(number ?? undefined)}
          {...shape.range}
        />
      );
    case "csv":
      return <TextArea face="mono" rows={6} wrap="off" autoFocus={first} value={text} onChange={onText} />;
    case "file":
      return <FileField title={shape.title} value={text} first={first} onChange={onChange} />;
    case "long":
      return <TextArea rows={6} autoFocus={first} value={text} onChange={onText} />;
    case "json":
      return <JsonControl value={value} onChange={onChange} />;
    default:
      return <TextInput autoFocus={first} value={text} onChange={onText} />;
  }
}

/** A list or an object, as JSON; kept as typed while it is not yet JSON. */
function JsonControl({ value, onChange }: Omit<ControlProps, "shape" | "first">) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? (value === undefined ? "" : JSON.stringify(value, null, 2));

  function change(text: string) {
    const read = readJson(text);
    setDraft(read.ok ? null : text);
    if (read.ok) onChange(read.value);
  }

  return (
    <TextArea
      face="mono"
      rows={4}
      value={shown}
      {...(draft === null ? {} : { "aria-invalid": true })}
      onChange={(event) => change(event.target.value)}
    />
  );
}

function readJson(text: string): { ok: true; value: Json | undefined } | { ok: false } {
  if (text.trim() === "") return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    return { ok: false };
  }
}
