"use client";

import { isRecord } from "@/flows/types/json-schema";
import { type SettingProps, valueAt } from "./place";
import { SettingGroup } from "./setting-field";

/** What another setting of the node fills in: names with their types. Until it has, that setting says what is missing. */
export function GivenSetting(props: SettingProps) {
  const value = valueAt(props.at);
  if (value === undefined) return null;
  const properties = isRecord(value) && isRecord(value.properties) ? value.properties : value;
  const entries = Object.entries(isRecord(properties) ? properties : {});
  return (
    <SettingGroup setting={props}>
      <ul className="flex flex-col gap-1">
        {entries.map(([name, schema]) => (
          <li key={name} className="flex items-baseline justify-between gap-2">
            <span className="min-w-0 truncate font-mono">{name}</span>
            <span className="text-muted">{typeWord(schema)}</span>
          </li>
        ))}
        {entries.length === 0 && <li className="text-muted">Nothing.</li>}
      </ul>
    </SettingGroup>
  );
}

function typeWord(schema: unknown): string {
  return isRecord(schema) && typeof schema.type === "string" ? schema.type : "anything";
}
