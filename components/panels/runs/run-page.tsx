"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import type { ShownRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { StepActions } from "@/components/panels/debugging/step-actions";
import { UndeliveredNotices } from "@/components/panels/notices/undelivered";
import { EscrowPanel } from "@/components/panels/runs/escrow-panel";
import { FlowSketch } from "@/components/panels/runs/flow-sketch";
import { shownSteps } from "@/components/panels/runs/model-steps";
import { PauseRun } from "@/components/panels/runs/pause-run";
import { ReceiptsPanel } from "@/components/panels/runs/receipts-panel";
import { RunOutcome } from "@/components/panels/runs/run-outcome";
import { RunResults } from "@/components/panels/runs/run-results";
import { RunSummary } from "@/components/panels/runs/run-summary";
import { RunTimeline } from "@/components/panels/runs/run-timeline";
import { isOver, runShownWith, titleOf } from "@/components/panels/runs/status-words";
import { StepDetail } from "@/components/panels/runs/step-detail";
import { StopRun } from "@/components/panels/runs/stop-run";
import { useReceipts } from "@/components/panels/runs/use-receipts";
import { Page } from "@/components/ui/page";
import { Panel } from "@/components/ui/panel";
import { StatusMark } from "@/components/ui/status-mark";

const LOOK_MS = 20_000;

/** One run: its result and cost above, its steps in time at the left, one step whole at the right. */
export function RunPage({ run: id }: { run: string }) {
  const trpc = useTRPC();
  const { data: shown } = useSuspenseQuery({
    ...trpc.runs.get.queryOptions({ run: id }),
    // Moves come by a stream; should the reading after the last of them fail, nothing would follow that mends it.
    refetchInterval: ({ state: { data } }) => (data && isOver(data.run.status) ? false : LOOK_MS),
  });
  const receipts = useReceipts(id);
  const router = useRouter();
  const open = (forked: string) => router.push(`/runs/${forked}`);
  const wanted = useSearchParams().get("step");
  const { run, steps } = shown;
  const titles = Object.fromEntries(shown.document.nodes.map(({ id: node, title }) => [node, title]));
  const step = steps.find((each) => each.key === wanted) ?? standing(shown);

  // Not the router: the address changes, the page need not be drawn anew on the server.
  const select = (next: string) => window.history.replaceState(null, "", `?step=${encodeURIComponent(next)}`);

  return (
    <Page
      width="wide"
      above={
        <Link href="/runs" className="hover:underline">
          Runs
        </Link>
      }
      title={
        <span className="flex flex-wrap items-center gap-3">
          {run.flowName}
          <StatusMark look="tag" {...runShownWith(run, steps)} />
        </span>
      }
      actions={
        !isOver(run.status) && (
          <>
            <PauseRun shown={shown} />
            <StopRun run={id} />
          </>
        )
      }
    >
      <RunSummary shown={shown} receipts={receipts} />
      <UndeliveredNotices run={id} />
      <RunOutcome shown={shown} titles={titles} onSelect={select} />
      <Panel title="Flow" remember="run-flow" className="max-md:hidden">
        <FlowSketch document={shown.document} steps={steps} selected={step?.key ?? null} />
      </Panel>
      <div className="grid min-w-0 items-start gap-6 md:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-6">
          <Panel title="Timeline" padding="flush">
            <div data-density="studio">
              <RunTimeline steps={steps} titles={titles} selected={step?.key ?? null} onSelect={select} />
            </div>
          </Panel>
          <RunResults shown={shown} />
          {run.budget.currency === "usdc_base" && <EscrowPanel run={run.id} />}
          <ReceiptsPanel
            run={id}
            receipts={receipts}
            titleOf={(of) => titles[steps.find((each) => each.step === of)?.node ?? ""] ?? of}
          />
        </div>
        {step && (
          <section aria-label="Step" className="min-w-0 rounded-card border bg-surface p-4" data-density="studio">
            <StepDetail
              key={step.key}
              run={id}
              step={step}
              title={titleOf(step, titles)}
              actions={
                <StepActions shown={shown} step={step} title={titleOf(step, titles)} onForked={open} pins={false} />
              }
            />
          </section>
        )}
      </div>
    </Page>
  );
}

/** What to look at first: what needs somebody, else what failed, else what runs, else the last step that did something. */
function standing({ run, steps }: ShownRun) {
  const rows = shownSteps(steps);
  const first = (wanted: string) => rows.find(({ status }) => status === wanted);
  const failed = run.status === "failed" ? first("failed") : undefined; // else it was caught
  // What holds others stands before them, and is not what happens.
  const running = rows.findLast(({ status }) => status === "running");
  const last = rows.findLast(({ status }) => status === "done");
  return first("needs_you") ?? failed ?? first("unknown") ?? running ?? first("paused") ?? last ?? rows[0];
}
