"use client";

import { CircleAlert } from "lucide-react";
import { type ComponentType, useState } from "react";
import { isKind } from "@/components/nodes/kind-looks";
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
import type { KindName } from "@/flows/nodes/catalog";
import { AgentSettings } from "./agent-settings";
import { ApprovalSettings } from "./approval-settings";
import { BranchSettings } from "./branch-settings";
import { InputSettings } from "./input-settings";
import { InputWires } from "./input-wires";
import { OutputSettings } from "./output-settings";
import { PlainSettings } from "./plain-settings";
import type { SettingsProps } from "./use-node-edit";

/** Kinds with a form of their own; every other kind is filled in field by field. */
const settingsViews: Partial<Record<KindName, ComponentType<SettingsProps>>> = {
  input: InputSettings,
  agent: AgentSettings,
  branch: BranchSettings,
  approval: ApprovalSettings,
  output: OutputSettings,
};

/** Everything that can be set on one node. */
export function NodeInspector({ node }: { node: FlowNode }) {
  const Settings = isKind(node.kind) ? (settingsViews[node.kind] ?? PlainSettings) : null;
  return (
    <>
      <div className="flex flex-col gap-4 p-4">
        <TitleField node={node} />
        {Settings ? (
          <Settings key={node.id} node={node} />
        ) : (
          <p className="text-muted">This studio has no node kind {node.kind}.</p>
        )}
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
  const own = problems.filter(({ nodes, field }) => nodes.includes(node.id) && field === null);
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
