"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Switch } from "@/components/ui/switch";
import { TextArea } from "@/components/ui/text-area";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingGroup } from "./setting-field";

const STARTER = "@starter";

/** Whoever started the run, other accounts, or both. */
export function ApproversSetting(props: SettingProps) {
  const value = valueAt(props.at) ?? props.shape.initial;
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const isStarter = chosen.includes(STARTER);
  const accounts = chosen.filter((one) => one !== STARTER);
  const [draft, setDraft] = useState("");
  const isOwn = accountsIn(draft).join() === accounts.join();

  function change(starter: boolean, others: readonly string[]) {
    changeAt(props.at, { value: [...(starter ? [STARTER] : []), ...others] });
  }

  return (
    <SettingGroup setting={props}>
      <Switch label="Whoever starts the run" checked={isStarter} onChange={(isOn) => change(isOn, accounts)} />
      <Field label="Others" help="Accounts, @group:acme/finance or @role:acme/approver: one on each line.">
        <TextArea
          face="mono"
          rows={2}
          spellCheck={false}
          value={isOwn ? draft : accounts.join("\n")}
          onChange={(event) => {
            setDraft(event.target.value);
            change(isStarter, accountsIn(event.target.value));
          }}
        />
      </Field>
    </SettingGroup>
  );
}

const accountsIn = (text: string) => text.split(/[\s,;]+/).filter(Boolean);
