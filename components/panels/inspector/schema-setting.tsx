"use client";

import { Braces, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { Json } from "@/flows/basics/json";
import { JsonInput } from "./json-input";
import { changeAt, type SettingProps, valueAt, withDefault } from "./place";
import { useRowKeys } from "./row-keys";
import { addField, fieldsOf, partsOf, schemaOf } from "./schema-fields";
import { SchemaPartEditor } from "./schema-part-editor";
import { SettingGroup } from "./setting-field";

/** A JSON Schema of an object, field by field, or any schema as it stands. */
export function SchemaSetting(props: SettingProps) {
  const { at, shape } = props;
  const value = valueAt(withDefault(at, shape.initial));
  const fields = fieldsOf(value);
  const keys = useRowKeys(fields ? partsOf(fields).map(({ name }) => name) : []);
  const [isText, setText] = useState(false);
  const write = (next: Json | undefined, name?: string) => changeAt(at, { value: next, ...(name ? { name } : {}) });
  return (
    <SettingGroup setting={props}>
      {fields && !isText ? (
        <>
          {partsOf(fields).map((part, place) => (
            <SchemaPartEditor key={keys[place]} setting={props} fields={fields} part={part} place={place} />
          ))}
          {partsOf(fields).length === 0 && <p className="text-muted">{EMPTY[String(shape.control)]}</p>}
        </>
      ) : (
        <Field label="JSON Schema">
          <JsonInput value={value} rows={10} onChange={(next) => write(next)} />
        </Field>
      )}
      <div className="flex flex-wrap gap-2">
        {fields && !isText && (
          <Button icon={<Plus aria-hidden />} onClick={() => write(schemaOf(addField(fields)), "Add a field")}>
            Add a field
          </Button>
        )}
        {fields && (
          <Button tone="ghost" icon={<Braces aria-hidden />} onClick={() => setText(!isText)}>
            {isText ? "Edit as fields" : "Edit as JSON"}
          </Button>
        )}
        {!fields && (
          <Button onClick={() => write({ type: "object", properties: {}, required: [] }, "Start with fields")}>
            Start with fields
          </Button>
        )}
      </div>
    </SettingGroup>
  );
}

const EMPTY: Readonly<Record<string, string>> = {
  form: "A run of this flow is started without any input.",
  schema: "No field is named: any object fits.",
};
