"use client";

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { statusOf } from "@/components/nodes/status-look";
import { NodeDebugging } from "@/components/panels/debugging/node-debugging";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { formatDuration } from "@/components/ui/duration";
import { Field } from "@/components/ui/field";
import { Money } from "@/components/ui/money";
import { StatusMark } from "@/components/ui/status-mark";
import { TextInput } from "@/components/ui/text-input";
import type { FlowNode } from "@/flows/graph/graph";
import { isSaidInForm } from "../inspector/places";
import { SettingsForm, useShape } from "../inspector/settings-form";
import { InputWires } from "./input-wires";

/** Everything that can be set on one node. */
export function NodeInspector({ node }: { node: FlowNode }) {
  return (
    <>
      <div className="flex flex-col gap-4 p-4">
        <TitleField node={node} />
        <SettingsForm node={node} />
        <InputWires node={node} />
        <NodeProblems node={node} />
        <NodeRunFacts node={node} />
      </div>
      <NodeDebugging node={node} />
    </>
  );
}

function TitleField({ node }: { node: FlowNode }) {
  const [draft, setDraft] = useState<string | null>(null);

  function change(title: string) {
    const refused = useStudio
      .getState()
      .edit({ edit: "rename_node", node: node.id, title }, { merge: `title ${node.id}` });
    setDraft(refused || title !== title.trim() ? title : null);
  }

  return (
    <Field label="Title" error={draft?.trim() === "" ? "A node needs a title." : undefined}>
      <TextInput
        maxLength={80}
        value={draft ?? node.title}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setDraft(null)}
      />
    </Field>
  );
}

/** What is wrong with the node and has no field of its own to be shown at. */
function NodeProblems({ node }: { node: FlowNode }) {
  const problems = useStudio((studio) => studio.problems);
  const shape = useShape(node.kind);
  const isSaid = (field: string) =>
    typeof shape === "object" && shape !== null && isSaidInForm(shape, node.settings, field);
  const own = problems.filter(({ nodes, field }) => nodes.includes(node.id) && (field === null || !isSaid(field)));
  if (own.length === 0) return null;
  return (
    <ul aria-label="Problems of this node" className="flex flex-col gap-2">
      {own.map(({ code, message, fix }) => (
        <li key={`${code} ${message}`} className="flex gap-2 text-bad">
          <CircleAlert aria-hidden />
          <span>
            {message} <span className="text-muted">{fix}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function NodeRunFacts({ node }: { node: FlowNode }) {
  const run = useStudio((studio) => studio.nodeRuns[node.id]);
  if (!run) return null;
  return (
    <section aria-label="In this run" className="flex flex-col gap-2 border-t pt-3">
      <div className="flex items-baseline justify-between gap-2">
        <StatusMark status={statusOf[run.status]} />
        <span className="flex items-baseline gap-3 text-muted tabular-nums">
          {run.ms !== null && formatDuration(run.ms)}
          {run.paid && <Money currency={run.paid.currency} amount={run.paid.amount} kind="spent" />}
        </span>
      </div>
      {(run.ms !== null || run.question) && (
        <Button onClick={() => useStudio.getState().setPanels({ dock: true, tab: "run" })}>Show what it did</Button>
      )}
    </section>
  );
}
