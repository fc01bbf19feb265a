"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/api/trpc";
import type { PlanSummary } from "@/components/store/compile-slice";
import { useStudio } from "@/components/store/studio-store";
import { formatDuration } from "@/components/ui/duration";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { useAgents } from "./use-agents";

/** The flow as a whole: what it may cost, whom it may reach, and what leaves. */
export function FlowInspector() {
  const plan = useStudio((studio) => studio.plan);
  const problems = useStudio((studio) => studio.problems.length);
  if (!plan) return <p className="p-4 text-muted">{waitingText(problems)}</p>;
  return (
    <>
      <Panel look="section" level={3} title="Worst case" remember="flow-worst">
        <div className="flex flex-col gap-2">
          {plan.bound.map(({ currency, amount }) => (
            <Money key={currency} currency={currency} amount={amount} kind="worst" className="text-20" />
          ))}
          {plan.bound.length === 0 && <Money currency="microcredits" amount={0n} kind="worst" className="text-20" />}
          <p className="text-12 text-muted">
            A run reserves this at its start and can never spend more. What is not spent comes back.
          </p>
          <Expected plan={plan.hash} />
          <p className="text-12 text-muted">{timeWords(plan.time)}</p>
          <p className="flex items-center justify-between gap-2 text-12 text-muted">
            {plan.steps.length} {plan.steps.length === 1 ? "step" : "steps"}
            <Hash value={plan.hash} of="plan" />
          </p>
        </div>
      </Panel>
      <Panel look="section" level={3} title="Who can be paid" remember="flow-payees">
        <Rows empty="Nobody.">
          {plan.payees.map(({ payee, cap }) => (
            <li key={`${payee} ${cap.currency}`} className="flex items-baseline justify-between gap-2">
              <span className="min-w-0 truncate">{payee}</span>
              <span className="text-muted">
                at most <Money currency={cap.currency} amount={cap.amount} />
              </span>
            </li>
          ))}
        </Rows>
      </Panel>
      <Panel look="section" level={3} title="Who must agree" remember="flow-approvers">
        <Rows empty="Nobody is asked: the run goes through by itself.">
          {plan.approvers.map((approver) => (
            <li key={approver}>{approver === "@starter" ? "Whoever starts the run" : approver}</li>
          ))}
        </Rows>
      </Panel>
      <Panel look="section" level={3} title="What leaves the studio" remember="flow-sends">
        <DataThatLeaves plan={plan} />
      </Panel>
    </>
  );
}

/** What the last runs of exactly this plan came to, where they are enough to tell. */
function Expected({ plan }: { plan: PlanSummary["hash"] }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.runs.expected.queryOptions({ plan }, { staleTime: 60_000 }));
  if (!data) return null;
  return (
    <p className="text-12 text-muted">
      Its last 30 runs came to <Money currency={data.currency} amount={data.amount} /> on average.
    </p>
  );
}

/** How long a run can take at the very most. */
function timeWords({ workMs, waitMs }: PlanSummary["time"]): string {
  const work = `At most ${formatDuration(workMs)} of work`;
  return waitMs > 0 ? `${work}, and ${formatDuration(waitMs)} of waiting.` : `${work}.`;
}

function waitingText(problems: number): string {
  return problems > 0
    ? "The worst case and whom the flow can pay are known once its problems are mended."
    : "Working out what this flow may cost and whom it can pay.";
}

function Rows({ empty, children }: { empty: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return <p className="text-muted">{empty}</p>;
  return <ul className="flex flex-col gap-1">{children}</ul>;
}

/** Each receiver with the fields that go there, and what its publisher says it sends on. */
function DataThatLeaves({ plan }: { plan: PlanSummary }) {
  const { byId } = useAgents();
  if (plan.data.length === 0) return <p className="text-muted">Nothing.</p>;
  return (
    <dl className="flex flex-col gap-2">
      {plan.data.map(({ to, fields, sends }) => {
        const name = receiverName(to, byId);
        return (
          <div key={name}>
            <dt className="font-strong">{name}</dt>
            <dd className="text-muted">{fields.map(fieldWords).join(", ") || "No field"}</dd>
            {sends.map((sent) => (
              <dd key={sent} className="text-muted">
                {sent}
              </dd>
            ))}
          </div>
        );
      })}
    </dl>
  );
}

type Leaving = PlanSummary["data"][number];

function receiverName(to: Leaving["to"], agents: ReadonlyMap<string, { title: string }>): string {
  if ("agent" in to) return agents.get(to.agent)?.title ?? to.agent;
  if ("model" in to) return to.model;
  return to.approver === "@starter" ? "Whoever starts the run" : to.approver;
}

const fieldWords = ({ field, carries }: Leaving["fields"][number]) =>
  carries.length > 0 ? `${field} (${carries.join(", ")})` : field;
