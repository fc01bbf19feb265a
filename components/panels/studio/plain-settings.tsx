"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { isKind } from "@/components/nodes/kind-looks";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { Json } from "@/flows/basics/json";
import { Money } from "@/flows/basics/money";
import { ExpressionInput } from "../expressions/expression-input";
import { TemplateInput } from "../expressions/template-input";
import { type SettingField, settingsForms } from "./settings-forms";
import { changeSetting, type SettingsProps, useFieldProblems } from "./use-node-edit";

/** The settings of a kind, field by field, as its form says. */
export function PlainSettings({ node }: SettingsProps) {
  const form = isKind(node.kind) ? settingsForms[node.kind] : undefined;
  if (!form) return null;
  if (form.length === 0) return <p className="text-muted">There is nothing to set here.</p>;
  return form.map((field) => <Setting key={field.field} node={node} field={field} />);
}

type SettingProps<As extends SettingField["as"] = SettingField["as"]> = SettingsProps & {
  field: Extract<SettingField, { as: As }>;
};

function Setting({ node, field }: SettingProps) {
  const problem = useFieldProblems(node.id, field.field);
  if (field.as === "toggle") return <Toggle node={node} field={field} />;
  if (field.as === "flag") return <Flags node={node} field={field} />;
  if (field.as === "pairs") return <Pairs node={node} field={field} />;
  return (
    <Field label={field.label} help={field.help} error={problem}>
      <Control node={node} field={field} />
    </Field>
  );
}

function Control({ node, field }: SettingProps) {
  const value = node.settings[field.field];
  const change = (next: Json | undefined) => changeSetting(node.id, field.field, { value: next });
  switch (field.as) {
    case "text":
      return field.long ? (
        <TextArea
          rows={4}
          maxLength={field.max}
          value={textOf(value)}
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <TextInput maxLength={field.max} value={textOf(value)} onChange={(event) => change(event.target.value)} />
      );
    case "expression":
      return (
        <ExpressionInput
          node={node}
          field={field.field}
          value={textOf(value)}
          onChange={(text) => change(text === "" ? undefined : text)}
        />
      );
    case "template":
      return <TemplateInput node={node} field={field.field} value={textOf(value)} onChange={change} />;
    case "number":
      return (
        <NumberInput
          value={typeof value === "number" ? value : null}
          min={field.min}
          max={field.max}
          onChange={(next) => change(next ?? undefined)}
        />
      );
    case "duration":
      return (
        <NumberInput
          value={typeof value === "number" ? value / 1_000 : null}
          min={1}
          unit="seconds"
          onChange={(next) => change(next === null ? undefined : Math.round(next * 1_000))}
        />
      );
    case "money":
      return <Amount value={value} onChange={change} />;
    case "choice":
      return <Select options={field.options} value={textOf(value) || field.initial} onChange={change} />;
    case "names":
      return <Names value={value} onChange={change} />;
    case "json":
      return <JsonText value={value} onChange={change} />;
    default:
      return null;
  }
}

type Editing = { value: Json | undefined; onChange(value: Json | undefined): void };

function Amount({ value, onChange }: Editing) {
  const read = Money.safeParse(value);
  const [typed, setTyped] = useState<bigint | null>(read.success ? read.data.amount : null);
  return (
    <AmountInput
      currency="microcredits"
      amount={typed}
      onChange={(amount) => {
        setTyped(amount);
        if (amount !== null) onChange({ currency: "microcredits", amount: String(amount) });
      }}
    />
  );
}

/** One on each line. */
function Names({ value, onChange }: Editing) {
  const [draft, setDraft] = useState(Array.isArray(value) ? value.map(String).join("\n") : "");
  return (
    <TextArea
      face="mono"
      rows={2}
      spellCheck={false}
      value={draft}
      onChange={(event) => {
        setDraft(event.target.value);
        onChange(event.target.value.split(/[\s,;]+/).filter(Boolean));
      }}
    />
  );
}

/** A value as it stands in the file. It is taken over whenever it can be read. */
function JsonText({ value, onChange }: Editing) {
  const [draft, setDraft] = useState(() => (value === undefined ? "" : JSON.stringify(value, null, 2)));
  const [broken, setBroken] = useState(false);

  function change(text: string) {
    setDraft(text);
    try {
      onChange(text.trim() === "" ? undefined : (JSON.parse(text) as Json));
      setBroken(false);
    } catch {
      setBroken(true);
    }
  }

  return (
    <>
      <TextArea
        face="mono"
        rows={6}
        spellCheck={false}
        aria-invalid={broken || undefined}
        value={draft}
        onChange={(event) => change(event.target.value)}
      />
      {broken && <p className="text-12 text-bad">This is not JSON yet. What was set before holds.</p>}
    </>
  );
}

function Toggle({ node, field }: SettingProps<"toggle">) {
  const value = node.settings[field.field];
  return (
    <Switch
      label={field.label}
      checked={typeof value === "boolean" ? value : field.initial}
      onChange={(checked) => changeSetting(node.id, field.field, { value: checked })}
    />
  );
}

function Flags({ node, field }: SettingProps<"flag">) {
  const problem = useFieldProblems(node.id, field.field);
  const value = node.settings[field.field];
  const chosen = Array.isArray(value) ? value.map(String) : [];
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-12 text-muted">{field.label}</legend>
      {field.values.map((flag) => (
        <Switch
          key={flag}
          label={flag}
          checked={chosen.includes(flag)}
          onChange={(checked) => {
            const next = field.values.filter((each) => (each === flag ? checked : chosen.includes(each)));
            changeSetting(node.id, field.field, { value: next });
          }}
        />
      ))}
      {problem && <p className="text-12 text-bad">{problem}</p>}
      {field.help && <p className="text-12 text-faint">{field.help}</p>}
    </fieldset>
  );
}

type Pair = { first: string; second: string };

/** Named expressions: each can be added, renamed and removed. */
function Pairs({ node, field }: SettingProps<"pairs">) {
  const problem = useFieldProblems(node.id, field.field);
  const pairs = pairsOf(node.settings[field.field]);
  const change = (next: readonly Pair[]) =>
    changeSetting(node.id, field.field, { value: field.of === "cases" ? casesOf(next) : recordOf(next) });
  const set = (place: number, part: Partial<Pair>) =>
    change(pairs.map((pair, each) => (each === place ? { ...pair, ...part } : pair)));
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 text-12 text-muted">{field.label}</legend>
      {pairs.map(({ first, second }, place) => (
        <div key={place} className="flex flex-col gap-2 rounded-control border p-3">
          <div className="flex items-end gap-2">
            <div className="min-w-0 flex-1">
              <Field label={field.first}>
                <TextInput
                  face="mono"
                  maxLength={64}
                  value={first}
                  onChange={(event) => set(place, { first: event.target.value })}
                />
              </Field>
            </div>
            <IconButton
              label={`Remove ${first || "this one"}`}
              icon={<Trash2 />}
              onClick={() => change(pairs.filter((_, each) => each !== place))}
            />
          </div>
          <Field label={field.second}>
            <ExpressionInput
              node={node}
              field={field.of === "cases" ? `${field.field}.${place}.when` : `${field.field}.${first}`}
              value={second}
              onChange={(text) => set(place, { second: text })}
            />
          </Field>
        </div>
      ))}
      {problem && <p className="text-12 text-bad">{problem}</p>}
      {field.help && <p className="text-12 text-faint">{field.help}</p>}
      <Button
        icon={<Plus aria-hidden />}
        onClick={() =>
          change([...pairs, { first: `${field.of === "cases" ? "case" : "value"}${pairs.length + 1}`, second: "true" }])
        }
      >
        {field.add}
      </Button>
    </fieldset>
  );
}

function pairsOf(value: Json | undefined): Pair[] {
  if (Array.isArray(value))
    return value.map((each) => {
      const { name, when } = (each ?? {}) as { name?: Json; when?: Json };
      return { first: textOf(name), second: textOf(when) };
    });
  return Object.entries((value ?? {}) as Record<string, Json>).map(([first, second]) => ({
    first,
    second: textOf(second),
  }));
}

const casesOf = (pairs: readonly Pair[]): Json => pairs.map(({ first, second }) => ({ name: first, when: second }));
const recordOf = (pairs: readonly Pair[]): Json =>
  Object.fromEntries(pairs.map(({ first, second }) => [first, second]));

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
