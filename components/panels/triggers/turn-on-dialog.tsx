"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import type { PlanSummary } from "@/components/store/compile-slice";
import { useStudio } from "@/components/store/studio-store";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import { Select, type SelectOption } from "@/components/ui/select";
import type { FlowId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { MISSED, type Missed } from "@/flows/triggers/missed";
import { boundText } from "../studio/bound-text";
import { RailChoice } from "../studio/rail-choice";
import { SchemaField } from "../studio/schema-field";
import { startValues } from "../studio/start-values";
import type { Rail } from "../studio/use-start-run";
import { firingWords, type OwnTrigger } from "./trigger-words";
import { type TurnedOnAnswer, TurnOnFault, useTurnOn } from "./use-turn-on";

const MISSED_WORDS: Record<Missed, string> = {
  skip: "Leave them out",
  once: "One run for all of them",
  all: "A run for each, up to 100",
};

const MISSED_OPTIONS: readonly SelectOption<Missed>[] = MISSED.map((value) => ({ value, label: MISSED_WORDS[value] }));

/** The cap that is proposed. Units: runs. */
const PROPOSED_RUNS = 10n;

type TurnOnDialogProps = {
  flow: FlowId;
  title: string;
  trigger: OwnTrigger;
  missedBefore: Missed | null;
  onClose(): void;
  onTurnedOn(answer: TurnedOnAnswer): void;
};

/** The last look before a trigger may start runs by itself. A flow with problems has no terms to agree to. */
export function TurnOnDialog(props: TurnOnDialogProps) {
  const plan = useStudio((studio) => studio.plan);
  return plan && <Form {...props} plan={plan} />;
}

function Form({ plan, ...props }: TurnOnDialogProps & { plan: PlanSummary }) {
  const { flow, title, trigger, onClose, onTurnedOn } = props;
  const trpc = useTRPC();
  const form = useId();
  const { data: balances } = useQuery(trpc.wallet.balances.queryOptions());
  const bound = plan.bound.reduce((sum, { amount }) => sum + amount, 0n);
  const [rail, setRail] = useState<Rail>(plan.outside ? "microcredits" : "trial_microcredits");
  const [cap, setCap] = useState<bigint | null>(bound * PROPOSED_RUNS);
  const [missed, setMissed] = useState<Missed>(props.missedBefore ?? "skip");
  const brought = new Set<string>(plan.triggers.map(({ node }) => node));
  const fields = Object.entries(plan.input.properties).filter(([name]) => !brought.has(name));
  const [input, setInput] = useState<Record<string, Json>>(() => startValues(plan.input));
  const missing = (plan.input.required ?? []).some((name) => input[name] === undefined);
  const turnOn = useTurnOn(flow, onTurnedOn);
  const ready = cap !== null && cap >= bound && !missing;

  function change(field: string, value: Json | undefined) {
    setInput((was) => {
      const others = Object.fromEntries(Object.entries(was).filter(([other]) => other !== field));
      return value === undefined ? others : { ...others, [field]: value };
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready || turnOn.isPending) return;
    const own = Object.fromEntries(Object.entries(input).filter(([name]) => !brought.has(name)));
    turnOn.mutate({ node: trigger.node, plan: plan.hash, rail, cap, input: own, missed });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Turn on ${title}`}
      text={`${firingWords(trigger)}. Each run is of exactly this plan, and you pay for it.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} tone="primary" busy={turnOn.isPending} disabled={!ready}>
            Turn on
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <dl className="flex items-baseline justify-between gap-4">
          <dt className="flex items-baseline gap-3 text-muted">
            Worst case of one run
            <Hash value={plan.hash} of="plan" className="text-12" />
          </dt>
          <dd>
            <Money currency={rail} amount={bound} kind="worst" />
          </dd>
        </dl>
        <Field
          label="At most a day"
          required
          help="Counted by the worst cases of the runs that it started in the last 24 hours. A start beyond it is refused and listed."
          error={cap !== null && cap < bound ? `One run may cost ${boundText(plan.bound)}.` : undefined}
        >
          <AmountInput currency={rail} amount={cap} onChange={setCap} />
        </Field>
        {trigger.on === "schedule" && (
          <Field label="Times that were missed" help="When nothing ran that could have started a run.">
            <Select<Missed> options={MISSED_OPTIONS} value={missed} onChange={setMissed} />
          </Field>
        )}
        {fields.map(([field, property]) => (
          <SchemaField
            key={field}
            name={field}
            property={property}
            required={plan.input.required?.includes(field) ?? false}
            value={input[field]}
            onChange={(value) => change(field, value)}
          />
        ))}
        <RailChoice rail={rail} balances={balances} outside={plan.outside} onChange={setRail} />
        <TurnOnFault fault={turnOn.error} />
      </form>
    </Dialog>
  );
}
