"use client";

import { useState } from "react";
import { AmountInput } from "@/components/ui/amount-input";
import { Money } from "@/flows/basics/money";
import { changeAt, type SettingProps, valueAt } from "./place";
import { SettingField } from "./setting-field";

/** An amount in the currency that it has, credits for a new one. What is not an amount yet is only here. */
export function MoneySetting(props: SettingProps) {
  const [isBroken, setBroken] = useState(false);
  const read = Money.safeParse(valueAt(props.at) ?? props.shape.initial);
  const currency = read.data?.currency ?? "microcredits";

  function change(amount: bigint | null) {
    setBroken(amount === null);
    if (amount !== null) changeAt(props.at, { value: { currency, amount: amount.toString() } });
  }

  return (
    <SettingField setting={props}>
      <AmountInput currency={currency} amount={isBroken ? null : (read.data?.amount ?? null)} onChange={change} />
    </SettingField>
  );
}
