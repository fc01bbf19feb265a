"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { toggleBreak } from "@/components/panels/debugging/stops";
import type { Break, Debugging } from "@/components/store/debug-slice";
import { titleOf } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import { AmountInput } from "@/components/ui/amount-input";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Switch } from "@/components/ui/switch";
import { type Currency, money } from "@/flows/basics/money";

export type StopsEditorProps = {
  /** What the run is paid with. */
  currency: Currency;
  onChange(part: Partial<Omit<Debugging, "pins">>): void;
  children?: ReactNode;
};

/** Where runs of this flow halt: before every step, before payments above an amount, and at chosen nodes. */
export function StopsEditor({ currency, onChange, children }: StopsEditorProps) {
  const { everyStep, paymentsAbove, breaks } = useStudio((studio) => studio.debugging);
  const document = useStudio((studio) => studio.document);
  return (
    <div className="flex flex-col gap-3">
      <Switch label="Stop before every step" checked={everyStep} onChange={(on) => onChange({ everyStep: on })} />
      <Field label="Stop before any payment above" help="Empty: payments do not stop the run.">
        <AmountInput
          currency={currency}
          amount={paymentsAbove?.amount ?? null}
          onChange={(amount) => onChange({ paymentsAbove: amount === null ? null : money(currency, amount) })}
        />
      </Field>
      <div className="flex flex-col gap-1">
        <span className="text-12 text-muted">Nodes</span>
        {breaks.length === 0 && <p className="text-muted">None. Set them on a node, under Debugging.</p>}
        <ul>
          {breaks.map((each) => {
            const where = `${each.when === "before" ? "Before" : "After"} ${titleOf(document, each.node)}`;
            return (
              <li key={`${each.node} ${each.when}`} className="flex min-h-control items-center justify-between gap-2">
                <span className="min-w-0 truncate">{where}</span>
                <IconButton label={`Remove: ${where}`} icon={<X />} onClick={() => onChange(without(breaks, each))} />
              </li>
            );
          })}
        </ul>
      </div>
      {children}
    </div>
  );
}

const without = (breaks: readonly Break[], gone: Break) => ({ breaks: toggleBreak(breaks, gone) });
