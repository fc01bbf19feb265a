"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { changeSetting, type SettingsProps, useFieldProblem } from "./use-node-edit";

const STARTER = "@starter";
const DAY_MS = 86_400_000;
const UNITS = [
  { value: "minutes", label: "minutes", ms: 60_000 },
  { value: "hours", label: "hours", ms: 3_600_000 },
  { value: "days", label: "days", ms: DAY_MS },
] as const;

/** What is asked, of whom, and how long the answer may take. */
export function ApprovalSettings({ node }: SettingsProps) {
  const problem = useFieldProblem(node.id, "question");
  return (
    <>
      <Field label="Question" error={problem} help="The approver reads this above what will go on.">
        <TextArea
          rows={3}
          maxLength={280}
          value={String(node.settings.question ?? "")}
          onChange={(event) => changeSetting(node.id, "question", { value: event.target.value })}
        />
      </Field>
      <Approvers node={node} />
      <TimeOut node={node} />
    </>
  );
}

function Approvers({ node }: SettingsProps) {
  const problem = useFieldProblem(node.id, "approvers");
  const { approvers } = node.settings;
  const chosen = Array.isArray(approvers) ? approvers.map(String) : [STARTER];
  const accounts = chosen.filter((one) => one !== STARTER);
  const [draft, setDraft] = useState(accounts.join("\n"));
  const starter = chosen.includes(STARTER);

  function change(next: { starter: boolean; text: string }) {
    const ids = next.text.split(/[\s,;]+/).filter(Boolean);
    changeSetting(node.id, "approvers", { value: [...(next.starter ? [STARTER] : []), ...ids] });
  }

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-12 text-muted">Who may answer</legend>
      <Switch
        label="Whoever starts the run"
        checked={starter}
        onChange={(checked) => change({ starter: checked, text: draft })}
      />
      <Field label="Other accounts" error={problem} help="Account ids, one on each line. The first answer counts.">
        <TextArea
          face="mono"
          rows={2}
          spellCheck={false}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            change({ starter, text: event.target.value });
          }}
        />
      </Field>
    </fieldset>
  );
}

function TimeOut({ node }: SettingsProps) {
  const problem = useFieldProblem(node.id, "timeoutMs");
  const ms = typeof node.settings.timeoutMs === "number" ? node.settings.timeoutMs : DAY_MS;
  const [unitName, setUnit] = useState<string>(() => unitOf(ms).value);
  const unit = UNITS.find(({ value }) => value === unitName) ?? unitOf(ms);

  function change(count: number | null, per = unit) {
    if (count !== null) changeSetting(node.id, "timeoutMs", { value: Math.round(count * per.ms) });
  }

  return (
    <div className="grid grid-cols-2 items-end gap-2">
      <Field label="Time to answer" error={problem}>
        <NumberInput value={ms / unit.ms} min={0} onChange={(count) => change(count)} />
      </Field>
      <Select
        aria-label="Unit of time"
        options={UNITS}
        value={unit.value}
        onChange={(value) => {
          setUnit(value);
          change(
            ms / unit.ms,
            UNITS.find((one) => one.value === value),
          );
        }}
      />
      <p className="col-span-2 text-12 text-faint">No answer in time is a refusal.</p>
    </div>
  );
}

/** The largest unit that divides the time. */
function unitOf(ms: number): (typeof UNITS)[number] {
  return UNITS.findLast((unit) => ms % unit.ms === 0 && ms >= unit.ms) ?? UNITS[0];
}
