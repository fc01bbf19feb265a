"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextInput } from "@/components/ui/text-input";
import {
  FIELD_TYPES,
  fieldsOf,
  freshField,
  type InputField,
  nameProblem,
  removeField,
  renameField,
  schemaOf,
} from "./input-fields";
import { SchemaField } from "./schema-field";
import { changeSetting, type SettingsProps } from "./use-node-edit";

/** The form that a run starts with, field by field. */
export function InputSettings({ node }: SettingsProps) {
  const fields = fieldsOf(node);

  function change(name: string, change: Partial<InputField>) {
    const next = fields.map((field) => (field.name === name ? { ...field, ...change } : field));
    changeSetting(node.id, "schema", { value: schemaOf(next), part: `${name} ${Object.keys(change)}` });
  }

  function add() {
    const value = schemaOf([...fields, freshField(fields)]);
    useStudio
      .getState()
      .edit({ edit: "change_setting", node: node.id, field: "schema", value }, { name: "Add a field" });
  }

  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-12 text-muted">Fields of the form</h3>
      {fields.map((field) => (
        <FieldEditor
          key={field.name}
          node={node}
          field={field}
          fields={fields}
          onChange={(part) => change(field.name, part)}
        />
      ))}
      {fields.length === 0 && <p className="text-muted">A run of this flow is started without any input.</p>}
      <Button icon={<Plus aria-hidden />} onClick={add}>
        Add a field
      </Button>
    </div>
  );
}

type EditorProps = SettingsProps & {
  field: InputField;
  fields: readonly InputField[];
  onChange(change: Partial<InputField>): void;
};

function FieldEditor({ node, field, fields, onChange }: EditorProps) {
  const shown = field.title || field.name;
  const property = { ...PROPERTY[field.type], title: "Default" };

  function remove() {
    const { document, edit } = useStudio.getState();
    edit(removeField(document, node, field.name), { name: `Remove field ${shown}` });
  }

  return (
    <fieldset className="flex flex-col gap-3 rounded-control border p-3">
      <legend className="sr-only">Field {shown}</legend>
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field label="Title">
            <TextInput
              maxLength={60}
              placeholder={field.name}
              value={field.title}
              onChange={(event) => onChange({ title: event.target.value })}
            />
          </Field>
        </div>
        <IconButton label={`Remove field ${shown}`} icon={<Trash2 />} onClick={remove} />
      </div>
      <div className="grid grid-cols-2 gap-2">
        <NameField node={node} field={field} fields={fields} />
        <Field label="Type">
          <Select
            options={FIELD_TYPES}
            value={field.type}
            onChange={(type) => onChange({ type, ...(fits(type, field) ? {} : { initial: undefined }) })}
          />
        </Field>
      </div>
      <Switch label="Required" checked={field.required} onChange={(required) => onChange({ required })} />
      <SchemaField
        name="default"
        property={property}
        value={field.initial}
        onChange={(initial) => onChange({ initial })}
      />
    </fieldset>
  );
}

const PROPERTY: Record<InputField["type"], { type: string; format?: string }> = {
  text: { type: "string" },
  long: { type: "string", format: "text" },
  csv: { type: "string", format: "csv" },
  number: { type: "number" },
  boolean: { type: "boolean" },
};

/** Whether the default can stay when the type changes. */
function fits(type: InputField["type"], { initial }: InputField): boolean {
  return initial === undefined || typeof initial === PROPERTY[type].type;
}

/** Taken over when it is left or Enter is pressed, because wires go by this name. */
function NameField({ node, field, fields }: Omit<EditorProps, "onChange">) {
  const [draft, setDraft] = useState<string | null>(null);
  const problem = draft === null ? null : nameProblem(fields, field.name, draft);

  function commit() {
    if (draft === null || problem || draft === field.name) return setDraft(null);
    const { document, edit } = useStudio.getState();
    edit(renameField(document, node, { from: field.name, to: draft }), { name: `Rename field to ${draft}` });
  }

  return (
    <Field label="Name" error={problem}>
      <TextInput
        face="mono"
        value={draft ?? field.name}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
      />
    </Field>
  );
}
