"use client";

import Link from "next/link";
import { lazy, type ReactNode, Suspense } from "react";
import { useAccount } from "@/components/api/providers";
import { capitalised, endingOf } from "@/components/panels/runs/ending-words";
import { ModelTurn } from "@/components/panels/runs/model-turn";
import { SettleOutcome } from "@/components/panels/runs/settle-outcome";
import { stepShown } from "@/components/panels/runs/status-words";
import { StepTime } from "@/components/panels/runs/step-time";
import { StoredObject, Takes } from "@/components/panels/runs/step-values";
import { buttonStyle } from "@/components/ui/button-style";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import { StatusMark } from "@/components/ui/status-mark";
import type { StepView } from "@/flows/run/view";

/** Loaded when somebody watches an agent work. */
const StepProgress = lazy(() =>
  import("@/components/panels/runs/step-progress").then((file) => ({ default: file.StepProgress })),
);

export type StepDetailProps = {
  /** The id of the run. */
  run: string;
  step: StepView;
  title?: string;
  /** What can be done with the step, where something can. */
  actions?: ReactNode;
};

const DOES = {
  call: "Calls an agent",
  model: "Asks a language model",
  pay: "Pays an account",
  ask: "Asks people",
  choose: "Chooses a branch",
  guard: "Holds a value against a rule",
  compute: "Works out values",
  join: "Joins what has come",
  pass: "Passes on",
  wait: "Waits",
  map: "Does its body for each item",
  loop: "Does its body again and again",
  try: "Tries its body",
} as const satisfies Record<StepView["op"], string>;

/** Everything that is known of one step: what it was given, what it gave, what it cost, who agreed, and why it ended. */
export function StepDetail({ run, step, title = step.node, actions }: StepDetailProps) {
  const { id: me } = useAccount();
  const works = (step.op === "call" || step.op === "model") && step.status === "running";
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="min-w-0 text-16">{title}</h2>
        <StatusMark look="tag" {...stepShown(step)} />
      </header>
      {step.question && (
        <Link
          href={`/approvals/${encodeURIComponent(step.question.operation)}`}
          className={buttonStyle({ tone: "primary" })}
        >
          Open the approval
        </Link>
      )}
      {actions}
      {step.unsettled && <SettleOutcome run={run} operation={step.unsettled} step={step} />}
      {step.code && (
        <p className="border-bad border-l-2 pl-3">
          {capitalised(endingOf({ code: step.code, reason: step.reason }, step.by === me ? "you" : "somebody"))}{" "}
          <code className="select-all text-12 text-faint">{step.code}</code>
        </p>
      )}
      {works && (
        <Part title="So far">
          <Suspense fallback={null}>
            <StepProgress run={run} step={step.key} />
          </Suspense>
        </Part>
      )}
      <Facts step={step} />
      <Part title="Input">
        {step.input ? (
          <Takes run={run} takes={step.input} />
        ) : (
          <p className="text-muted">{NO_INPUT[step.status] ?? "None."}</p>
        )}
      </Part>
      <Part title="Output">
        {step.output && step.op === "model" ? (
          <ModelTurn run={run} digest={step.output} />
        ) : step.output ? (
          <StoredObject run={run} digest={step.output} />
        ) : (
          <p className="text-muted">{withoutOutput(step)}</p>
        )}
      </Part>
    </div>
  );
}

const NO_INPUT: Partial<Record<StepView["status"], string>> = {
  waiting: "Known once the steps before it have closed.",
  skipped: "None: the step was skipped.",
};

function withoutOutput({ op, status }: StepView): string {
  if (op !== "call" && op !== "model") return "This step decides; it has no output of its own.";
  return status === "running" ? "Not yet." : "None.";
}

function Facts({ step }: { step: StepView }) {
  const { id: me } = useAccount();
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      <Fact name="Does">{DOES[step.op]}</Fact>
      {step.pinned && <Fact name="Pinned">Not executed and not paid: its output was taken from elsewhere.</Fact>}
      {step.agent && (
        <Fact name="Agent">
          <span className="font-mono">{step.agent}</span>
        </Fact>
      )}
      {Object.entries(step.detail).map(([name, value]) => (
        <Fact key={name} name={sentence(name)}>
          {value}
        </Fact>
      ))}
      {step.paid && (
        <Fact name="Spent">
          <Money {...step.paid} kind="spent" />
        </Fact>
      )}
      {step.units && <Fact name="Worked on">{step.units}</Fact>}
      {step.cap && (
        <Fact name="Worst case">
          <Money {...step.cap} kind="worst" />
        </Fact>
      )}
      {step.openedAtMs !== null && <StepTime openedAtMs={step.openedAtMs} closedAtMs={step.closedAtMs} />}
      {step.by && <Fact name="Decided by">{step.by === me ? "You" : <Hash value={step.by} of="account" />}</Fact>}
      <Fact name="Step">
        <Hash value={step.step} of="step" />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h3 className="border-b pb-1 text-12 text-muted">{title}</h3>
      {children}
    </section>
  );
}

/** `fallbackReason` reads "Fallback reason". */
function sentence(name: string): string {
  return capitalised(
    name
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .replaceAll("_", " ")
      .toLowerCase(),
  );
}
