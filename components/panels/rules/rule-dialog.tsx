"use client";

import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { RuleFault } from "@/components/panels/rules/rule-fault";
import { type RuleForm, type RuleProblem, ruleOf } from "@/components/panels/rules/rule-form";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select, type SelectOption } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import type { Rule } from "@/flows/policy/rules";

const ABOUT: readonly SelectOption<RuleForm["about"]>[] = [
  { value: "step", label: "One payment above an amount" },
  { value: "run", label: "What one run pays, above an amount" },
  { value: "day", label: "What all runs pay in a day, above an amount" },
  { value: "month", label: "What all runs pay in a month, above an amount" },
  { value: "every", label: "Every payment" },
];
const BEYOND = [
  { value: "ask", label: "Ask people" },
  { value: "refuse", label: "Refuse it" },
] as const;
const BY: readonly SelectOption<RuleForm["by"]>[] = [
  { value: "click", label: "A click" },
  { value: "fresh", label: "A signature, or having signed in a moment ago" },
  { value: "signed", label: "A signature of a passkey or a wallet" },
  { value: "passkey", label: "A signature of a passkey" },
  { value: "wallet", label: "A signature of the linked wallet" },
];

type RuleDialogProps = {
  editing: { form: RuleForm; was: string | null };
  busy: boolean;
  fault: unknown;
  onClose(): void;
  onSave(rule: Rule, form: RuleForm): void;
};

/** One rule: what it is about, and what happens then. */
export function RuleDialog({ editing, busy, fault, onClose, onSave }: RuleDialogProps) {
  const id = useId();
  const [form, setForm] = useState(editing.form);
  const [wrong, setWrong] = useState<RuleProblem | null>(null);
  const refused = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (fault) refused.current?.scrollIntoView({ block: "nearest" }); // the form may be longer than the screen
  }, [fault]);
  const isAsking = form.about === "every" || form.beyond === "ask";
  const at = (field: RuleProblem["field"]) => (wrong?.field === field ? wrong.problem : undefined);
  const change = (more: Partial<RuleForm>) => setForm((now) => ({ ...now, ...more }));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const told = ruleOf(form);
    flushSync(() => setWrong("problem" in told ? told : null));
    if (!("rule" in told)) event.currentTarget.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    else if (!busy) onSave(told.rule, form);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={editing.was === null ? "Add a rule" : `Edit ${editing.was}`}
      text="It holds for every run that you start from now on."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={id} tone="primary" busy={busy}>
            {editing.was === null ? "Put it in force" : "Save"}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <Field label="What it is about">
          <Select options={ABOUT} value={form.about} onChange={(about) => change({ about })} />
        </Field>
        {form.about !== "every" && (
          <div className="flex flex-wrap items-end gap-4">
            <Field label="Above" error={at("most")}>
              <AmountInput currency="microcredits" amount={form.most} onChange={(most) => change({ most })} />
            </Field>
            <SegmentedControl
              label="Above it"
              segments={BEYOND}
              value={form.beyond}
              onChange={(beyond) => change({ beyond })}
            />
          </div>
        )}
        {isAsking && <AskingFields form={form} at={at} onChange={change} />}
        <Field label="Name" help="Refusals and receipts call the rule by it, as in above-50." error={at("id")} required>
          <TextInput face="mono" value={form.id} onChange={({ target }) => change({ id: target.value })} />
        </Field>
        <div ref={refused}>
          <RuleFault fault={fault} />
        </div>
      </form>
    </Dialog>
  );
}

type AskingProps = {
  form: RuleForm;
  /** What is wrong at a field. */
  at(field: RuleProblem["field"]): string | undefined;
  onChange(more: Partial<RuleForm>): void;
};

/** Who is asked, how many have to agree, and by what. */
function AskingFields({ form, at, onChange }: AskingProps) {
  return (
    <>
      <div className="flex flex-col gap-1">
        <Switch
          label="Whoever starts the run may answer"
          checked={form.starter}
          onChange={(starter) => onChange({ starter })}
        />
        <Field
          label="Others who may answer"
          error={at("approvers")}
          help="Accounts, @group:acme/finance or @role:acme/approver: one on each line."
        >
          <TextArea
            face="mono"
            rows={2}
            spellCheck={false}
            value={form.others}
            onChange={({ target }) => onChange({ others: target.value })}
          />
        </Field>
      </div>
      <div className="flex flex-wrap gap-4">
        <div className="w-32">
          <Field label="Yeses needed" error={at("agreement")}>
            <NumberInput value={form.least} min={1} max={100} onChange={(least) => onChange({ least })} />
          </Field>
        </div>
        <div className="w-32">
          <Field label="Noes that refuse">
            <NumberInput value={form.against} min={1} max={100} onChange={(against) => onChange({ against })} />
          </Field>
        </div>
      </div>
      <Field label="A yes takes" help="A no always is a click.">
        <Select options={BY} value={form.by} onChange={(by) => onChange({ by })} />
      </Field>
      <Field
        label="Question"
        error={at("because")}
        help="They read it above what the payment is. Without it, they read which limit it is."
      >
        <TextInput value={form.because} onChange={({ target }) => onChange({ because: target.value })} />
      </Field>
    </>
  );
}
