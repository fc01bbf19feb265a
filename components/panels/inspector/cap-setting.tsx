"use client";

import { useState } from "react";
import { AmountInput } from "@/components/ui/amount-input";
import { Money } from "@/flows/basics/money";
import { mostPerCall } from "@/flows/types/price";
import { useAgents } from "../studio/use-agents";
import { MoneySetting } from "./money-setting";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingField } from "./setting-field";

/** The most that a call of the node's agent may cost: the most that its price comes to, unless more is set. */
export function CapSetting(props: SettingProps) {
  const { byId } = useAgents();
  const manifest = byId.get(String(props.at.node.settings.agent));
  return manifest ? (
    <CapOver key={manifest.agent} setting={props} price={mostPerCall(manifest.price)} />
  ) : (
    <MoneySetting {...props} />
  );
}

function CapOver({ setting, price }: { setting: SettingProps; price: Money }) {
  const [isBroken, setBroken] = useState(false);
  const cap = Money.safeParse(valueAt(setting.at)).data;
  const amount = cap?.currency === price.currency ? cap.amount : price.amount;

  function change(next: bigint | null) {
    setBroken(next === null);
    if (next === null) return;
    const value = next === price.amount ? undefined : { currency: price.currency, amount: next.toString() };
    changeAt(setting.at, { value });
  }

  return (
    <SettingField setting={setting}>
      <AmountInput currency={price.currency} amount={isBroken ? null : amount} onChange={change} />
    </SettingField>
  );
}
