"use client";

import Link from "next/link";
import { Suspense } from "react";
import { KindIcon } from "@/components/nodes/kind-icon";
import { lookOf } from "@/components/nodes/kind-looks";
import { statusOf } from "@/components/nodes/status-look";
import type { NodeRun } from "@/components/store/run-slice";
import { useStudio } from "@/components/store/studio-store";
import { formatDuration } from "@/components/ui/duration";
import { loadedLater } from "@/components/ui/loaded-later";
import { Money } from "@/components/ui/money";
import { StatusMark } from "@/components/ui/status-mark";
import type { FlowDocument, FlowNode } from "@/flows/graph/graph";
import { boundText } from "./bound-text";
import { RunHeader } from "./run-header";
import { useShownRun } from "./use-run-watch";

const TriedHeader = loadedLater(() => import("./tried-header").then((file) => file.TriedHeader));

/** The flow on a narrow screen: to read, to run, to approve. Editing wants more room. */
export function NodeList() {
  const document = useStudio((studio) => studio.document);
  const plan = useStudio((studio) => studio.plan);
  const problems = useStudio((studio) => studio.problems.length);
  const tried = useStudio((studio) => studio.tried);
  const { data: shown } = useShownRun();
  const held = heldBy(document);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label="Flow" tabIndex={0} className="flex min-h-0 flex-1 flex-col overflow-auto -outline-offset-2">
      {(plan || problems > 0) && (
        <p className="border-b bg-surface px-4 py-3 text-muted">
          {plan && (
            <>
              Worst case <span className="font-mono text-worst">{boundText(plan.bound)}</span>
            </>
          )}
          {problems > 0 && `${problems} ${problems === 1 ? "problem" : "problems"}: mend them on a wider screen.`}
        </p>
      )}
      {tried && (
        <Suspense fallback={null}>
          <TriedHeader tried={tried} />
        </Suspense>
      )}
      {shown && !tried && (
        <div className="border-b bg-surface">
          <RunHeader shown={shown} />
        </div>
      )}
      <ol aria-label="Nodes" className="flex flex-col gap-2 p-4">
        <NodeRows held={held} parent={null} />
        {document.nodes.length === 0 && (
          <li className="text-muted">Nothing is drawn yet. Open this flow on a wider screen.</li>
        )}
      </ol>
    </section>
  );
}

type Held = ReadonlyMap<string | null, readonly FlowNode[]>;

/** What is drawn in each node and in the flow itself, from left to right. */
function heldBy({ nodes, layout }: FlowDocument): Held {
  const places = layout as Readonly<Record<string, { x: number; y: number } | undefined>>;
  const across = (node: FlowNode) => places[node.id]?.x ?? 0;
  const held = new Map<string | null, FlowNode[]>();
  for (const node of nodes.toSorted((a, b) => across(a) - across(b)))
    held.set(node.parent ?? null, [...(held.get(node.parent ?? null) ?? []), node]);
  return held;
}

function NodeRows({ held, parent }: { held: Held; parent: string | null }) {
  return held.get(parent)?.map((node) => (
    <li key={node.id} className="flex flex-col gap-2">
      <NodeRow node={node} />
      {held.has(node.id) && (
        <ol aria-label={`Inside ${node.title}`} className="ml-2 flex flex-col gap-2 border-l pl-3">
          <NodeRows held={held} parent={node.id} />
        </ol>
      )}
    </li>
  ));
}

function NodeRow({ node }: { node: FlowNode }) {
  const run = useStudio((studio) => studio.nodeRuns[node.id]);
  const { name } = lookOf(node.kind);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the same node as on the canvas, found by the same role and name
    <div
      role="group"
      aria-label={node.title}
      data-status={run?.status ?? "idle"}
      className="flex flex-col gap-1 rounded-card border bg-surface px-4 py-3"
    >
      <div className="flex items-center gap-2">
        <span className="text-faint">
          <KindIcon kind={node.kind} />
        </span>
        <span className="min-w-0 flex-1 truncate font-strong">{node.title}</span>
        {run ? <StatusMark status={statusOf[run.status]} /> : <span className="text-12 text-faint">{name}</span>}
      </div>
      {run && <NodeRunLine run={run} />}
    </div>
  );
}

function NodeRunLine({ run: { ms, paid, question } }: { run: NodeRun }) {
  if (question)
    return (
      <Link href={`/approvals/${encodeURIComponent(question)}`} className="flex min-h-control items-center underline">
        Open the approval
      </Link>
    );
  if (ms === null) return null;
  return (
    <p className="flex justify-between gap-2 text-12 text-muted tabular-nums">
      {formatDuration(ms)}
      {paid && <Money currency={paid.currency} amount={paid.amount} kind="spent" />}
    </p>
  );
}
