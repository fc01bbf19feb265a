"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { FormFault, ManifestForm } from "@/flows/types/manifest-form";

type Name = keyof ManifestForm;
type FormProps = { form: ManifestForm; faults: readonly FormFault[]; change(part: Partial<ManifestForm>): void };

const EFFECTS = [
  { value: "keyed", label: "Repeated by key: the same call gets the first answer" },
  { value: "safe", label: "Changes nothing: it may be asked as often as needed" },
  { value: "once", label: "Only once: when its answer is lost, a person is asked" },
] as const;
const PRICES = [
  { value: "free", label: "Free" },
  { value: "per_call", label: "An amount a call" },
  { value: "metered", label: "An amount a unit, up to so many" },
] as const;

/** What the fields are called where they are listed. */
export const FIELD_WORDS: Readonly<Record<Name, string>> = {
  ...{ address: "Address", publisher: "Publisher", name: "Name", version: "Version", title: "Title" },
  ...{ description: "Description", capabilities: "Categories", effect: "When an answer is lost", priceKind: "Price" },
  ...{ amount: "Price", unit: "Unit", maxPerCall: "Most units a call", deadline: "Deadline", input: "Input" },
  ...{ output: "Output", sends: "What leaves", example: "Input to test it with" },
  ...{ protocol: "Protocol", secrets: "Secrets" },
};

/** Everything that a publisher declares. A field that was not touched is only faulted when it is needed. */
export function DraftForm({ form, faults, change }: FormProps) {
  const faultOf = (name: Name) => (form[name] === "" ? undefined : faults.find(({ field }) => field === name)?.problem);
  const line = (name: Name, label: string, more: { help?: ReactNode; mono?: boolean; max: number }) => (
    <Field key={name} label={label} help={more.help} error={faultOf(name)}>
      <TextInput
        face={more.mono ? "mono" : "sans"}
        maxLength={more.max}
        value={form[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );
  const area = (name: Name, label: string, more: { help?: ReactNode; mono?: boolean; rows: number }) => (
    <Field key={name} label={label} help={more.help} error={faultOf(name)}>
      <TextArea
        face={more.mono ? "mono" : "sans"}
        rows={more.rows}
        value={form[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <>
      <Panel title="What it is">
        <div className="grid gap-4 sm:grid-cols-2">
          {line("title", "Title", { max: 60, help: "What people read on the canvas." })}
          {line("address", "Address", {
            max: 300,
            mono: true,
            help: "In front of /<name>/execute. It has to be on the open internet.",
          })}
          {line("publisher", "Publisher", { max: 60, mono: true, help: "The name that you prove below." })}
          {line("name", "Name", { max: 60, mono: true })}
          {line("version", "Version", {
            max: 20,
            mono: true,
            help: "1.0.0. What breaks flows needs a new first number.",
          })}
          {line("capabilities", "Categories", { max: 1_000, help: "With commas between." })}
          <div className="sm:col-span-2">
            {area("description", "Description", { rows: 2, help: "What it does, in a sentence or two." })}
          </div>
        </div>
      </Panel>
      <Panel title="Terms">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Price">
            <Select options={PRICES} value={form.priceKind} onChange={(priceKind) => change({ priceKind })} />
          </Field>
          {form.priceKind !== "free" &&
            line("amount", form.priceKind === "metered" ? "Credits a unit" : "Credits a call", {
              max: 30,
              mono: true,
              help: "1 credit is 1 US cent.",
            })}
          {form.priceKind === "metered" && line("unit", "Unit", { max: 30, help: "In the singular: page." })}
          {form.priceKind === "metered" && line("maxPerCall", "Most units a call", { max: 10, mono: true })}
          {line("deadline", "Deadline in seconds", { max: 10, mono: true, help: "What comes later is not paid." })}
          <Field label="When an answer is lost" error={faultOf("effect")}>
            <Select options={EFFECTS} value={form.effect} onChange={(effect) => change({ effect })} />
          </Field>
          <div className="sm:col-span-2">
            {area("sends", "What leaves the studio with a call", {
              rows: 2,
              help: "One in a line, in words that a composer reads before they agree.",
            })}
          </div>
          <div className="sm:col-span-2">
            {area("secrets", "Secrets that every caller brings along", {
              rows: 2,
              mono: true,
              help: "For keys of their own: a name and the header that it comes in, as in api-key: X-Api-Key. Checks use yours, which you give under Settings after the first.",
            })}
          </div>
        </div>
      </Panel>
      <Panel title="What it takes and gives">
        <div className="grid gap-4 lg:grid-cols-2">
          {area("input", "Input, as JSON Schema of an object", { rows: 12, mono: true })}
          {area("output", "Output, as JSON Schema of an object", { rows: 12, mono: true })}
          <div className="lg:col-span-2">
            {area("example", "An input to test it with", {
              rows: 4,
              mono: true,
              help: "The studio calls it with this while it checks and while it is listed, and does not pay for that.",
            })}
          </div>
        </div>
      </Panel>
    </>
  );
}
