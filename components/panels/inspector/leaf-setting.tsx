"use client";

import { useId } from "react";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { Json } from "@/flows/basics/json";
import { ExpressionInput } from "../expressions/expression-input";
import { TemplateInput } from "../expressions/template-input";
import { DurationInput } from "./duration-input";
import { JsonInput } from "./json-input";
import { NameInput } from "./name-input";
import { changeAt, fieldOf, type SettingProps, valueAt } from "./place";
import { BackToDefault, SettingField, useProblem } from "./setting-field";
import type { Shape } from "./shape";
import { ZoneInput } from "./zone-input";

/** A setting of one value. */
export function LeafSetting(props: SettingProps) {
  if (props.shape.as === "switch") return <SwitchSetting {...props} />;
  return (
    <SettingField setting={props}>
      <LeafControl {...props} />
    </SettingField>
  );
}

/** Only the control, for where the label stands elsewhere. */
export function LeafControl({ at, shape, required }: SettingProps) {
  const value = valueAt(at) ?? shape.initial;
  const change = (next: Json | undefined) => changeAt(at, { value: next });
  if (shape.as === "text") return <TextControl at={at} shape={shape} required={required} />;
  if (shape.as === "choice") {
    const known = shape.options.some((option) => option.value === value);
    const unset = known ? [] : [{ value: "", label: "Choose" }];
    // Each choice is a step of undo of its own, however soon one comes after another.
    const choose = (next: Json) => changeAt(at, { value: next, name: `Set ${shape.title}` });
    return <Select options={[...unset, ...shape.options]} value={known ? String(value) : ""} onChange={choose} />;
  }
  if (shape.as !== "number") return <JsonInput value={value} onChange={change} />;
  const number = typeof value === "number" ? value : null;
  const onNumber = (next: number | null) => change(next ?? undefined);
  if (shape.control === "duration") return <DurationInput ms={number} onChange={onNumber} />;
  const range = {
    ...(shape.min === null ? {} : { min: shape.min }),
    ...(shape.max === null ? {} : { max: shape.max }),
  };
  return <NumberInput value={number} {...range} onChange={onNumber} />;
}

type TextShape = Extract<Shape, { as: "text" }>;

function TextControl({ at, shape, required }: SettingProps<TextShape>) {
  const value = valueAt(at) ?? shape.initial;
  const text = typeof value === "string" ? value : "";
  const most = shape.most === null ? {} : { maxLength: shape.most };
  // An empty text is what was typed; a setting that need not be there goes with its last letter if it cannot be empty.
  const change = (next: string) =>
    changeAt(at, { value: next === "" && !required && shape.least > 0 ? undefined : next });
  switch (shape.control) {
    case "expression":
      return <ExpressionInput node={at.node} field={fieldOf(at)} value={text} rows={3} onChange={change} />;
    case "prompt":
      return <TemplateInput node={at.node} field={fieldOf(at)} value={text} rows={6} onChange={change} />;
    case "long":
      return <TextArea {...most} rows={4} value={text} onChange={(event) => change(event.target.value)} />;
    case "zone":
      return <ZoneInput value={text} onChange={change} />;
    default:
      if (shape.ports) return <NameInput at={at} shape={shape} side={shape.ports} />;
      return (
        <TextInput
          {...most}
          {...(shape.control || shape.pattern ? { face: "mono" as const, spellCheck: false } : {})}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      );
  }
}

function SwitchSetting(props: SettingProps) {
  const { at, shape } = props;
  const problem = useProblem(props);
  const value = valueAt(at) ?? shape.initial;
  const problemId = useId();
  return (
    <div className="flex flex-col">
      <div className="flex items-center justify-between gap-2">
        <Switch
          label={shape.title}
          checked={value === true}
          onChange={(checked) => changeAt(at, { value: checked, name: `Set ${shape.title}` })}
          {...(shape.help ? { help: shape.help } : {})}
          {...(problem ? { describedBy: problemId } : {})}
        />
        <span className="text-12">
          <BackToDefault {...props} />
        </span>
      </div>
      {problem && (
        <p id={problemId} className="text-12 text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
