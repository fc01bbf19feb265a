"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { ShownQuestion } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { ChangeList } from "@/components/panels/approvals/change-list";
import type { SubjectCheck } from "@/components/panels/approvals/use-shown-subject";
import { Moment } from "@/components/panels/runs/moment";
import { Named } from "@/components/panels/runs/step-values";
import { ValueView } from "@/components/panels/runs/value-view";
import { Hash } from "@/components/ui/hash";
import { Money } from "@/components/ui/money";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";

/** What a yes does, drawn from the very content whose digest is answered. */
export function ApprovalCard({
  shown: { question, shows, changes, names, around },
  check,
}: {
  shown: ShownQuestion;
  check: SubjectCheck;
}) {
  const { id: me } = useAccount();
  const { about, subject, run } = question;
  const { bound, payees, agents } = about.unlocks;
  return (
    <Panel title="What a yes allows">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_1fr]">
        <Row name="Action">
          {agents.length > 0
            ? "The run goes on and may call the agents below."
            : "The run goes on. It calls no agent behind this step."}
        </Row>
        <Row name="At most">
          {bound.length > 0 ? (
            bound.map((part) => <Money key={part.currency} {...part} kind="worst" className="mr-4 text-16" />)
          ) : (
            <span>Nothing. A yes costs nothing.</span>
          )}
        </Row>
        <Row name="Paid to">{payees.length > 0 ? <Names of={payees} /> : "Nobody"}</Row>
        <Row name="Agents">{agents.length > 0 ? <Names of={agents} /> : "None"}</Row>
        {changes.length > 0 && (
          <Row name="Changed">
            <ChangeList changes={changes} names={names} />
          </Row>
        )}
        <Row name="Data that leaves">
          {around && around.leaves.length > 0 ? <Leaving leaves={around.leaves} /> : "None behind this step"}
        </Row>
        <Row name="Answer by">
          <Moment at={question.until} look="exact" />
        </Row>
        <Row name="Run">
          {about.payer === me && (
            <Link href={`/runs/${run}?step=${encodeURIComponent(about.node)}`} className="mr-2 underline">
              Open the run
            </Link>
          )}
          <Hash value={run} of="run" />
        </Row>
        <Row name="Plan">
          <Hash value={about.plan} of="plan" />
        </Row>
        <Row name="Digest">
          <span className="flex flex-wrap items-center gap-x-3">
            <Hash value={subject} of="digest" />
            <Checked check={check} />
          </span>
        </Row>
      </dl>
      <section aria-labelledby="goes-on" className="mt-6 flex min-w-0 flex-col gap-3">
        <h3 id="goes-on" className="border-b pb-1 text-12 text-muted">
          What goes on when you say yes
        </h3>
        {Object.entries(shows).map(([name, value]) => (
          <Named key={name} name={name}>
            <ValueView value={value} label={name} />
          </Named>
        ))}
        {Object.keys(shows).length === 0 && <p className="text-muted">No values: the answer alone.</p>}
      </section>
    </Panel>
  );
}

type Leaves = NonNullable<ShownQuestion["around"]>["leaves"];

function Leaving({ leaves }: { leaves: Leaves }) {
  return (
    <ul className="flex flex-col">
      {leaves.map(({ to, fields }) => {
        const receiver = "agent" in to ? to.agent : "model" in to ? to.model : to.approver;
        const told = fields.map(({ field, carries }) =>
          carries.length > 0 ? `${field} (${carries.join(", ")})` : field,
        );
        return (
          <li key={receiver}>
            {told.join(", ") || "nothing"} to <span className="font-mono">{receiver}</span>
          </li>
        );
      })}
    </ul>
  );
}

const CHECKED = {
  checking: { status: "running", word: "Comparing with this card" },
  same: { status: "done", word: "Matches this card" },
  different: { status: "failed", word: "Does not match this card" },
  unchecked: { status: "outcome_unknown", word: "Could not be compared here" },
} as const;

function Checked({ check }: { check: SubjectCheck }) {
  return <StatusMark {...CHECKED[check]} />;
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-muted max-sm:-mb-2 max-sm:text-12">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Names({ of }: { of: readonly string[] }) {
  return (
    <ul className="flex flex-col">
      {of.map((name) => (
        <li key={name} className="font-mono">
          {name}
        </li>
      ))}
    </ul>
  );
}
