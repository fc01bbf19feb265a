"use client";

import { Switch } from "@/components/ui/switch";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingGroup } from "./setting-field";
import type { Shape } from "./shape";

/** Any of a few words, each on or off. */
export function FlagsSetting({ at, shape, required }: SettingProps<Extract<Shape, { as: "flags" }>>) {
  const value = valueAt(at) ?? shape.initial;
  const chosen = new Set(Array.isArray(value) ? value : []);
  const change = (flag: string, isOn: boolean) => {
    const on = shape.options.filter((each) => (each.value === flag ? isOn : chosen.has(each.value)));
    changeAt(at, { value: on.map((each) => each.value), name: `Set ${shape.title}` });
  };
  return (
    <SettingGroup setting={{ at, shape, required }}>
      {shape.options.map((flag) => (
        <Switch
          key={flag.value}
          label={flag.label}
          checked={chosen.has(flag.value)}
          onChange={(isOn) => change(flag.value, isOn)}
        />
      ))}
    </SettingGroup>
  );
}
