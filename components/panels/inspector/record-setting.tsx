"use client";

import { Plus, Trash2 } from "lucide-react";
import type { ComponentType } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { Json } from "@/flows/basics/json";
import { isRecord } from "@/flows/types/json-schema";
import { addOne, renamed } from "./change";
import { problemOf } from "./check";
import { articled } from "./list-setting";
import { DraftName } from "./name-input";
import { below, changeAt, type SettingProps, valueAt, withDefault } from "./place";
import { useRowKeys } from "./row-keys";
import { SettingGroup } from "./setting-field";
import type { Shape } from "./shape";

type RecordShape = Extract<Shape, { as: "record" }>;
type RecordProps = SettingProps<RecordShape> & { draw: ComponentType<SettingProps> };

/** Values under names of one's own. */
export function RecordSetting({ at, shape, required, draw: Draw }: RecordProps) {
  const value = valueAt(at) ?? shape.initial;
  const record = (isRecord(value) ? value : {}) as Readonly<Record<string, Json>>;
  const names = Object.keys(record);
  const keys = useRowKeys(names);
  const one = shape.one ?? "value";
  const isFull = shape.most !== null && names.length >= shape.most;
  const portOf = (from: string, to: string | null) => (shape.ports ? { side: shape.ports, from, to } : undefined);

  function remove(name: string) {
    const left = Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
    changeAt(at, { value: left, name: `Remove ${name}`, port: portOf(name, null) });
  }

  function wrongName(own: string, name: string): string | null {
    if (name !== own && names.includes(name)) return `Another ${one} has this name.`;
    return problemOf(shape.key, name);
  }

  return (
    <SettingGroup setting={{ at, shape, required }}>
      {names.map((name, place) => (
        <fieldset key={keys[place]} className="flex min-w-0 flex-col gap-3 rounded-control border p-3">
          <legend className="sr-only">{name}</legend>
          <div className="flex items-end gap-2">
            <div className="min-w-0 flex-1">
              <Field label={shape.key.title} error={problemOf(shape.key, name)}>
                <DraftName
                  value={name}
                  problem={(next) => wrongName(name, next)}
                  onCommit={(to) =>
                    changeAt(at, {
                      value: renamed(record, name, to),
                      name: `Rename ${name} to ${to}`,
                      port: portOf(name, to),
                    })
                  }
                />
              </Field>
            </div>
            <IconButton label={`Remove ${name}`} icon={<Trash2 />} onClick={() => remove(name)} />
          </div>
          <Draw at={below(withDefault(at, shape.initial), name)} shape={shape.item} required />
        </fieldset>
      ))}
      <Button
        icon={<Plus aria-hidden />}
        disabled={isFull}
        onClick={() => changeAt(at, { value: addOne(shape, record as Json), name: `Add ${one}` })}
      >
        {articled(one)}
        <VisuallyHidden> to {shape.title}</VisuallyHidden>
      </Button>
    </SettingGroup>
  );
}
