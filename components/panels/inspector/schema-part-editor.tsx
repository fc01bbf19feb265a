"use client";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextInput } from "@/components/ui/text-input";
import { SchemaField } from "../studio/schema-field";
import { ItemButtons } from "./item-buttons";
import { DraftName } from "./name-input";
import { changeAt, type SettingProps } from "./place";
import {
  changeField,
  defaultProperty,
  FIELD_TYPES,
  type FieldsSchema,
  moveField,
  nameProblem,
  type PartChange,
  removeField,
  renameField,
  type SchemaPart,
  schemaOf,
} from "./schema-fields";

type PartProps = { setting: SettingProps; fields: FieldsSchema; part: SchemaPart; place: number };

/** One field of a schema. A field that is a port takes its wires along under another name, and with it when it goes. */
export function SchemaPartEditor({ setting: { at, shape }, fields, part, place }: PartProps) {
  const shown = part.title || part.name;
  const write = (next: FieldsSchema, name: string) => changeAt(at, { value: schemaOf(next), name });
  const portOf = (to: string | null) => (shape.ports ? { side: shape.ports, from: part.name, to } : undefined);
  // What is typed into one part of a field in a row is one step.
  const change = (what: PartChange) => {
    const value = schemaOf(changeField(fields, part.name, what));
    changeAt(at, { value, part: `${part.name} ${Object.keys(what)}` });
  };
  const types = part.type === "other" ? [{ value: "other" as const, label: "Other" }, ...FIELD_TYPES] : FIELD_TYPES;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-control border p-3">
      <legend className="sr-only">Field {shown}</legend>
      <div className="-my-1 flex items-center justify-between gap-2">
        <span aria-hidden className="min-w-0 truncate text-12 text-faint">
          {shown}
        </span>
        <ItemButtons
          name={`field ${shown}`}
          place={place}
          count={Object.keys(fields.properties).length}
          onMove={(to) => write(moveField(fields, place, to), `Move field ${shown}`)}
          onRemove={() => {
            const value = schemaOf(removeField(fields, part.name));
            changeAt(at, { value, name: `Remove field ${shown}`, port: portOf(null) });
          }}
        />
      </div>
      <Field label="Title">
        <TextInput
          maxLength={60}
          placeholder={part.name}
          value={part.title}
          onChange={(event) => change({ title: event.target.value })}
        />
      </Field>
      <div className="grid grid-cols-2 gap-2">
        <Field label="Name">
          <DraftName
            value={part.name}
            problem={(name) => nameProblem(fields, part.name, name)}
            onCommit={(to) => {
              const value = schemaOf(renameField(fields, part.name, to));
              changeAt(at, { value, name: `Rename field to ${to}`, port: portOf(to) });
            }}
          />
        </Field>
        <Field label="Type">
          <Select options={types} value={part.type} onChange={(type) => change({ type })} />
        </Field>
      </div>
      <Switch label="Required" checked={part.required} onChange={(required) => change({ required })} />
      {shape.control === "form" && (
        <SchemaField
          name="default"
          property={defaultProperty(part.type)}
          value={part.initial}
          onChange={(initial) => change({ initial })}
        />
      )}
    </fieldset>
  );
}
