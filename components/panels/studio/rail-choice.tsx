"use client";

import type { ReactNode } from "react";
import type { Balance } from "@/components/api/answers";
import { Money } from "@/components/ui/money";
import type { Rail } from "./use-start-run";

type RailChoiceProps = {
  rail: Rail;
  balances: readonly Balance[] | undefined;
  /** Somebody outside the studio is paid, which trial credits may not do. */
  outside: boolean;
  onChange(rail: Rail): void;
};

/** What the run is paid with, and what that promises. */
export function RailChoice({ rail, balances, outside, onChange }: RailChoiceProps) {
  const option = (own: Rail) => ({ own, chosen: rail === own, left: leftIn(balances, own), onChange });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-12 text-muted font-strong">Pay with</legend>
      <RailOption {...option("trial_microcredits")} title="Trial credits" disabled={outside}>
        {outside
          ? "This flow pays outside publishers, which trial credits cannot do."
          : "Given at sign-up. They pay only this studio's own agents and cannot be paid out."}
      </RailOption>
      <RailOption {...option("microcredits")} title="Credits">
        Held in the studio's ledger, which enforces the worst case. You trust the operator of this studio; publishers
        are paid in batches.
      </RailOption>
    </fieldset>
  );
}

export function leftIn(balances: readonly Balance[] | undefined, rail: Rail): bigint | null {
  if (!balances) return null;
  return balances.find(({ free }) => free.currency === rail)?.free.amount ?? 0n;
}

type RailOptionProps = {
  own: Rail;
  title: string;
  chosen: boolean;
  left: bigint | null;
  disabled?: boolean;
  onChange(rail: Rail): void;
  children: ReactNode;
};

function RailOption({ own, title, chosen, left, disabled = false, onChange, children }: RailOptionProps) {
  return (
    <label className="quick flex items-start gap-3 rounded-control border border-line-strong px-3 py-2 hover:border-control has-checked:border-accent has-checked:bg-selected has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:border-line has-disabled:text-faint">
      <input
        type="radio"
        name="rail"
        aria-label={title}
        checked={chosen}
        disabled={disabled}
        onChange={() => onChange(own)}
        className="mt-1 accent-accent"
      />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline justify-between gap-2">
          <span className="font-strong">{title}</span>
          {left !== null && (
            <span className="text-12 text-muted">
              left <Money currency={own} amount={left} kind="left" />
            </span>
          )}
        </span>
        <span className="block text-12 text-muted">{children}</span>
      </span>
    </label>
  );
}
