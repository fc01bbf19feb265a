"use client";

import { useQuery } from "@tanstack/react-query";
import { Play, Wallet } from "lucide-react";
import { type FormEvent, Suspense, useId, useState } from "react";
import { domainErrorOf } from "@/components/api/api-error";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { TryChoice } from "@/components/panels/dry-run/try-choice";
import type { FundAsk } from "@/components/panels/funding/use-funding";
import type { PlanSummary } from "@/components/store/compile-slice";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Hash } from "@/components/ui/hash";
import { loadedLater } from "@/components/ui/loaded-later";
import { Money } from "@/components/ui/money";
import type { FlowId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { boundText } from "./bound-text";
import { EscrowPromise, useEscrowRail } from "./escrow-promise";
import { freshId } from "./fresh-id";
import { leftIn, RailChoice, RailOption } from "./rail-choice";
import { RunDebug, useRunDebug } from "./run-debug";
import { SchemaField } from "./schema-field";
import { startValues } from "./start-values";
import { type ChangedTerms, type ChosenRail, NotSaved, type Terms, useStartRun } from "./use-start-run";

const FundingDialog = loadedLater(() =>
  import("@/components/panels/funding/funding-dialog").then((file) => file.FundingDialog),
);

export type RunDialogProps = {
  flow: FlowId;
  name: string;
  plan: PlanSummary;
  onClose(): void;
  onStarted(run: string): void;
};

/** The last look before money can move: what goes in, what it is paid with, and the most that it can cost. */
export function RunDialog({ flow, name, plan, onClose, onStarted }: RunDialogProps) {
  const trpc = useTRPC();
  const form = useId();
  const { data: balances } = useQuery(trpc.wallet.balances.queryOptions());
  const [input, setInput] = useState<Record<string, Json>>(() => startValues(plan.input));
  const [rail, setRail] = useState<ChosenRail>(plan.outside ? "microcredits" : "trial_microcredits");
  const { start, changed } = useStartRun(flow, onStarted);
  const terms: Terms = changed ?? plan;
  const escrow = useEscrowRail(flow, plan.hash);
  const [funded] = useState(freshId); // one id for all offers, so that one escrow at most is opened for it
  const [funding, setFunding] = useState<FundAsk | null>(null);
  const left = rail === "escrow" ? null : leftIn(balances, rail);
  const short = left !== null && left < total(terms);
  const debug = useRunDebug(plan);
  const missing = (plan.input.required ?? []).filter((field) => input[field] === undefined);
  const at = faultPlace(start.error);

  function change(field: string, value: Json | undefined) {
    setInput((was) => {
      const others = Object.fromEntries(Object.entries(was).filter(([other]) => other !== field));
      return value === undefined ? others : { ...others, [field]: value };
    });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (short || missing.length > 0 || start.isPending) return;
    if (rail !== "escrow") start.mutate({ terms, currency: rail, input: filled(), debug });
    else setFunding({ flow, run: funded as RunId, plan: plan.hash, input: filled() });
  }

  /** A switch that nobody touched means no. */
  function filled() {
    const switches = Object.entries(plan.input.properties).filter(([, { type }]) => type === "boolean");
    return { ...Object.fromEntries(switches.map(([field]) => [field, false])), ...input };
  }

  if (funding)
    return (
      <Suspense fallback={null}>
        <FundingDialog name={name} ask={funding} onClose={onClose} onStarted={onStarted} />
      </Suspense>
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Run ${name}`}
      text="It reserves its worst case now and gives back what it does not spend."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            tone="primary"
            icon={rail === "escrow" ? <Wallet aria-hidden /> : <Play aria-hidden />}
            busy={start.isPending}
            disabled={short || missing.length > 0}
          >
            {rail === "escrow" ? "Look at the escrow" : `Run, at most ${boundText(terms.bound)}`}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {Object.entries(plan.input.properties).map(([field, property], place) => (
          <SchemaField
            key={field}
            first={place === 0}
            name={field}
            property={property}
            required={plan.input.required?.includes(field) ?? false}
            value={input[field]}
            error={at?.field === field ? at.problem : undefined}
            onChange={(value) => change(field, value)}
          />
        ))}
        {rail !== "escrow" && <RunDebug plan={plan} currency={rail} />}
        <RailChoice rail={rail} balances={balances} outside={plan.outside} onChange={setRail}>
          <RailOption
            own="escrow"
            title="Escrow on Solana"
            chosen={rail === "escrow"}
            left={null}
            disabled={!escrow.possible}
            onChange={setRail}
          >
            <EscrowPromise escrow={escrow} />
          </RailOption>
        </RailChoice>
        <dl className="flex items-baseline justify-between gap-4 border-t pt-3">
          <dt className="flex items-baseline gap-3 text-muted">
            Worst case
            <Hash value={terms.hash} of="plan" className="text-12" />
          </dt>
          <dd className="flex flex-col items-end">
            {terms.bound.map(({ currency, amount }) => (
              <Money key={currency} currency={currency} amount={amount} kind="worst" />
            ))}
            {terms.bound.length === 0 && <Money currency="microcredits" amount={0n} kind="worst" />}
          </dd>
        </dl>
        <TryChoice input={filled()} asks={plan.approvers.length > 0} disabled={missing.length > 0} onShown={onClose} />
        {short && left !== null && rail !== "escrow" && (
          <p role="alert" className="text-bad">
            Not enough: {boundText(terms.bound)} needed, <Money currency={rail} amount={left} /> left.
          </p>
        )}
        <RunFault fault={start.error} changed={changed} />
      </form>
    </Dialog>
  );
}

function RunFault({ fault, changed }: { fault: unknown; changed: ChangedTerms | null }) {
  if (!fault) return null;
  if (fault instanceof NotSaved)
    return (
      <ErrorNotice
        what="The flow could not be saved, so it was not run."
        safe="Your edits are kept in this browser. Nothing was paid."
        next="Run again once the studio answers."
        code="flow_not_saved"
      />
    );
  if (changed && domainErrorOf(fault)?.code === "plan_changed")
    return (
      <ErrorNotice
        what={[
          "The plan changed after you looked.",
          ...changed.said,
          `It costs at most ${boundText(changed.bound)} now.`,
        ].join(" ")}
        safe="Nothing was started and nothing was paid."
        next="Press Run to agree to the new worst case."
        code="plan_changed"
      />
    );
  return <ApiFault fault={fault} />;
}

/** Which field the server's objection is about, when it is about one. */
function faultPlace(fault: unknown): { field: string; problem: string } | null {
  const error = domainErrorOf(fault);
  if (error?.code !== "input_invalid") return null;
  return { field: error.at.replace(/^\//, "").split("/")[0] ?? "", problem: error.problem };
}

/** Both rails pay credits one for one; a bound in another currency is refused by the server, in words. */
function total({ bound }: Terms): bigint {
  return bound.reduce((sum, { amount }) => sum + amount, 0n);
}
