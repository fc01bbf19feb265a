"use client";

import type { ReactNode } from "react";
import type { Balance } from "@/components/api/answers";
import { Money } from "@/components/ui/money";
import type { ChosenRail, Rail } from "./use-start-run";

type RailChoiceProps = {
  rail: ChosenRail;
  balances: readonly Balance[] | undefined;
  /** Somebody outside the studio is paid, which trial credits may not do. */
  outside: boolean;
  onChange(rail: Rail): void;
  /** Other ways to pay, where there are some. */
  children?: ReactNode;
};

/** What the run is paid with, and what that promises. */
export function RailChoice({ rail, balances, outside, onChange, children }: RailChoiceProps) {
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
      {children}
    </fieldset>
  );
}

export function leftIn(balances: readonly Balance[] | undefined, rail: Rail): bigint | null {
  if (!balances) return null;
  return balances.find(({ free }) => free.currency === rail)?.free.amount ?? 0n;
}

type RailOptionProps<Own extends ChosenRail> = {
  own: Own;
  title: string;
  chosen: boolean;
  left: bigint | null;
  disabled?: boolean;
  onChange(rail: Own): void;
  children: ReactNode;
};

/** One way to pay: its name, what is left there, and what it promises. */
export function RailOption<Own extends ChosenRail>(props: RailOptionProps<Own>) {
  const { own, title, chosen, left, disabled = false, onChange, children } = props;
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
          {left !== null && own !== "escrow" && (
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
