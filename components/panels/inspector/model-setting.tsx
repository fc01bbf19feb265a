"use client";

import { Money } from "@/components/ui/money";
import { Select } from "@/components/ui/select";
import { useModels } from "../studio/use-models";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingField } from "./setting-field";

/** Which language model is asked, out of those that the operator has set up, and what it costs. */
export function ModelSetting(props: SettingProps) {
  const { models } = useModels();
  const chosen = String(valueAt(props.at) ?? "");
  const names = [...(models?.keys() ?? [])];
  const terms = models?.get(chosen);
  const unset = terms ? [] : [{ value: chosen, label: unsetWords(chosen, models !== undefined) }];
  const choose = (value: string) => changeAt(props.at, { value, name: `Ask ${value}` });
  const none = models?.size === 0;
  return (
    <>
      <SettingField
        setting={props}
        {...(none
          ? { help: "No language model is set up here. An operator can do that: see the guide on models." }
          : {})}
      >
        <Select
          options={[...unset, ...names.map((name) => ({ value: name, label: name }))]}
          value={chosen}
          onChange={choose}
        />
      </SettingField>
      {terms && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <dt className="text-muted">A million tokens read</dt>
          <dd className="text-right">
            <Money currency={terms.rates.read.currency} amount={terms.rates.read.amount} />
          </dd>
          <dt className="text-muted">A million written</dt>
          <dd className="text-right">
            <Money currency={terms.rates.written.currency} amount={terms.rates.written.amount} />
          </dd>
        </dl>
      )}
    </>
  );
}

function unsetWords(chosen: string, isKnown: boolean): string {
  if (chosen === "") return "Choose";
  return isKnown ? `${chosen}, not set up here` : chosen;
}
