"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { ShownRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { StepActions } from "@/components/panels/debugging/step-actions";
import { LookBack } from "@/components/panels/runs/look-back";
import { shownSteps } from "@/components/panels/runs/model-steps";
import type { PastRun } from "@/components/panels/runs/past-of";
import { RunTimeline } from "@/components/panels/runs/run-timeline";
import { isOver, runShown, titleOf } from "@/components/panels/runs/status-words";
import { StepDetail } from "@/components/panels/runs/step-detail";
import { SeenAt } from "@/components/panels/runs/use-now";
import { onlyNode } from "@/components/store/selection-slice";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { StatusMark } from "@/components/ui/status-mark";
import type { FlowId, NodeId } from "@/flows/basics/ids";
import { criticalPath } from "@/flows/run/critical-path";
import { RunHeader } from "./run-header";
import { progressOf } from "./run-progress";
import { TriedPanel } from "./tried-panel";
import { useShownRun } from "./use-run-watch";

/** The run on the canvas: its steps in time, and one step whole. */
export function RunPanel() {
  const run = useStudio((studio) => studio.run);
  const flow = useStudio((studio) => studio.flow);
  const tried = useStudio((studio) => studio.tried);
  const { data: shown, error, refetch } = useShownRun();
  if (tried) return <TriedPanel tried={tried} />;
  if (run === null) return flow && <NoRun flow={flow} />;
  if (shown) return <Shown key={run} shown={shown} />;
  if (error)
    return (
      <div className="p-4">
        <ApiFault fault={error} actions={<Button onClick={() => void refetch()}>Try again</Button>} />
      </div>
    );
  return (
    <Loading label="Loading the run">
      <SkeletonRows rows={4} />
    </Loading>
  );
}

function NoRun({ flow }: { flow: FlowId }) {
  const trpc = useTRPC();
  const { data: latest } = useQuery(trpc.runs.list.queryOptions({ flow, take: 1 }));
  const last = latest?.[0];
  return (
    <div className="flex flex-wrap items-center gap-3 px-4 py-3 text-muted">
      {last ? "No run is shown on the canvas." : "This flow has not run yet. Press Run; its steps will be listed here."}
      {last && (
        <>
          <Button onClick={() => useStudio.getState().watch(last.id)}>Show the last run</Button>
          <StatusMark {...runShown(last)} />
        </>
      )}
    </div>
  );
}

function Shown({ shown }: { shown: ShownRun }) {
  const { past, look } = useLookingBack(shown);
  const [chosen, setChosen] = useState<string | null>(null);
  const { watch } = useStudio.getState();
  const selected = useStudio((studio) => onlyNode(studio.selection));
  const { document } = shown;
  const { run, steps, plan } = past ?? shown;
  const titles = Object.fromEntries(document.nodes.map(({ id, title }) => [id, title]));
  const critical = useMemo(() => (isOver(run.status) ? criticalPath(plan, steps) : undefined), [run, plan, steps]);
  const rows = shownSteps(steps);
  const step =
    rows.find(({ key, node }) => key === chosen && (selected === null || node === selected)) ??
    rows.findLast(({ node, status }) => node === selected && status === "running") ??
    rows.find(({ node }) => node === selected) ??
    rows.find(({ status }) => status === "needs_you" || status === "failed" || status === "running") ??
    rows.findLast(({ status }) => status === "done");

  function select(id: string) {
    setChosen(id);
    const node = steps.find((each) => each.key === id)?.node;
    const known = useStudio.getState().document.nodes.some((each) => each.id === node);
    useStudio.getState().select(known && node ? { nodes: [node as NodeId] } : {});
  }

  const title = step ? titleOf(step, titles) : "";
  return (
    <SeenAt value={past?.atMs ?? null}>
      <div className="flex h-full min-h-0 max-md:flex-col">
        <div className="min-h-0 min-w-0 flex-1 overflow-auto">
          <RunHeader shown={shown} seen={past ?? shown} />
          <LookBack shown={shown} titles={titles} onPast={look} onForked={watch} />
          <RunTimeline {...{ steps, titles, critical }} selected={step?.key ?? null} onSelect={select} />
        </div>
        {step && (
          <section
            aria-label="Step"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="min-h-0 min-w-0 overflow-auto border-l p-4 -outline-offset-2 max-md:border-t max-md:border-l-0 md:w-2/5"
          >
            <StepDetail
              key={step.key}
              {...{ run: run.id, step, title }}
              actions={past ? undefined : <StepActions {...{ shown, step, title }} onForked={watch} pins />}
            />
          </section>
        )}
      </div>
    </SeenAt>
  );
}

/** While somebody looks back, the nodes on the canvas stand as they stood then. */
function useLookingBack(shown: ShownRun) {
  const [past, setPast] = useState<PastRun | null>(null);

  function look(seen: PastRun | null) {
    setPast(seen);
    useStudio.setState({ looksBack: seen !== null });
    useStudio.getState().progressed(progressOf(seen ?? shown));
  }

  useEffect(() => () => useStudio.setState({ looksBack: false }), []);
  return { past, look };
}
