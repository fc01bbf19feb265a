"use client";

import { clsx } from "clsx";
import { useId, useState } from "react";
import { AMOUNT_PROBLEM, type Currency, formatAmount, parseAmount, UNIT } from "@/components/ui/amount";
import { useFieldControl } from "@/components/ui/field";
import { inputStyle } from "@/components/ui/input-style";

export type AmountInputProps = {
  currency: Currency;
  /** Smallest units; null while what is typed is not an amount. */
  amount: bigint | null;
  onChange(amount: bigint | null): void;
  /** Highest amount that is accepted. */
  most?: bigint;
  disabled?: boolean;
  "aria-label"?: string;
  className?: string;
};

/** Money, typed. The text stays the person's own; the amount is exact or it is null. */
export function AmountInput({ currency, amount, onChange, most, className, ...rest }: AmountInputProps) {
  const wiring = useFieldControl();
  const problemId = useId();
  const [typed, setTyped] = useState("");
  const parsed = parseAmount(typed);
  const mine = amount === null || (parsed.ok && parsed.value === amount);
  const shown = mine ? typed : formatAmount(amount).replaceAll(",", "");
  const problem = problemOf();

  function problemOf(): string | null {
    if (amount === null) return typed === "" || parsed.ok ? null : AMOUNT_PROBLEM[parsed.code];
    return most !== undefined && amount > most ? `At most ${formatAmount(most)} ${UNIT[currency]}.` : null;
  }

  function change(text: string) {
    const next = parseAmount(text);
    setTyped(text);
    onChange(next.ok ? next.value : null);
  }

  const describedBy = [problem && problemId, wiring["aria-describedby"]].filter(Boolean).join(" ");
  return (
    <span className={clsx("flex flex-col gap-1", className)}>
      <span className="relative flex items-center">
        <input
          {...wiring}
          {...rest}
          {...(problem ? { "aria-invalid": true } : {})}
          {...(describedBy ? { "aria-describedby": describedBy } : {})}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={shown}
          onChange={(event) => change(event.target.value)}
          className={clsx(inputStyle({ face: "mono" }), "pr-16 text-right")}
        />
        <span aria-hidden className="pointer-events-none absolute right-2 font-mono text-12 text-muted">
          {UNIT[currency]}
        </span>
      </span>
      {problem && (
        <span id={problemId} className="text-12 text-bad">
          {problem}
        </span>
      )}
    </span>
  );
}
