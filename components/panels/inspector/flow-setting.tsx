"use client";

import { TextInput } from "@/components/ui/text-input";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingField } from "./setting-field";

/** The flow that a node stands for, by the hash of its meaning. */
export function FlowSetting(props: SettingProps) {
  return (
    <SettingField setting={props}>
      <TextInput
        face="mono"
        spellCheck={false}
        value={String(valueAt(props.at) ?? "")}
        onChange={(event) => changeAt(props.at, { value: event.target.value })}
      />
    </SettingField>
  );
}
