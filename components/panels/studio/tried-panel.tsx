"use client";

import { useMemo, useState } from "react";
import { shownSteps } from "@/components/panels/runs/model-steps";
import { RunTimeline } from "@/components/panels/runs/run-timeline";
import { titleOf } from "@/components/panels/runs/status-words";
import { StepDetail } from "@/components/panels/runs/step-detail";
import { ValuesContext } from "@/components/panels/runs/step-values";
import type { Tried } from "@/components/store/run-slice";
import { onlyNode } from "@/components/store/selection-slice";
import { useStudio } from "@/components/store/studio-store";
import { viewOf } from "@/flows/run/view";
import { TriedHeader } from "./tried-header";

/** A dry run, which says that it is one: every step as it would go, on samples, with nobody called or paid. */
export function TriedPanel({ tried }: { tried: Tried }) {
  const { document, plan, events, values } = tried;
  const { steps } = useMemo(() => viewOf(plan, events), [plan, events]);
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = useStudio((studio) => onlyNode(studio.selection));
  const titles = Object.fromEntries(document.nodes.map(({ id, title }) => [id, title]));
  const rows = shownSteps(steps);
  const step =
    rows.find(({ key, node }) => key === chosen && (selected === null || node === selected)) ??
    rows.find(({ node }) => node === selected) ??
    rows.find(({ status }) => status === "failed") ??
    rows.findLast(({ status }) => status === "done");

  function select(key: string) {
    setChosen(key);
    const node = steps.find((each) => each.key === key)?.node;
    const known = useStudio.getState().document.nodes.some(({ id }) => id === node);
    useStudio.getState().select(known && node ? { nodes: [node] } : {});
  }

  return (
    <ValuesContext value={values}>
      <div className="flex h-full min-h-0 max-md:flex-col">
        <div className="min-h-0 min-w-0 flex-1 overflow-auto">
          <TriedHeader tried={tried} />
          <RunTimeline {...{ steps, titles }} selected={step?.key ?? null} onSelect={select} />
        </div>
        {step && (
          <section
            aria-label="Step"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="min-h-0 min-w-0 overflow-auto border-l p-4 -outline-offset-2 max-md:border-t max-md:border-l-0 md:w-2/5"
          >
            <StepDetail key={step.key} run="dry" step={step} title={titleOf(step, titles)} />
          </section>
        )}
      </div>
    </ValuesContext>
  );
}
