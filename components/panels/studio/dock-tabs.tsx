"use client";

import { ChevronDown } from "lucide-react";
import { lazy, Suspense } from "react";
import type { DockTab } from "@/components/store/panels-slice";
import { useStudio } from "@/components/store/studio-store";
import { IconButton } from "@/components/ui/icon-button";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import type { NodeId } from "@/flows/basics/ids";
import { ProblemsPanel } from "./problems-panel";

const MoneyPanel = lazy(() => import("./money-panel").then((file) => ({ default: file.MoneyPanel })));
const RunPanel = lazy(() => import("./run-panel").then((file) => ({ default: file.RunPanel })));

/** The open dock. */
export function DockTabs({ onShow }: { onShow(nodes: readonly NodeId[]): void }) {
  const tab = useStudio((studio) => studio.panels.tab);
  const count = useStudio((studio) => studio.problems.length);
  const { setPanels } = useStudio.getState();
  return (
    <Tabs
      label="Dock"
      className="flex-1"
      value={tab}
      onChange={(next) => setPanels({ tab: next as DockTab })}
      actions={
        <span className="pr-2">
          <IconButton label="Hide dock" side="top" icon={<ChevronDown />} onClick={() => setPanels({ dock: false })} />
        </span>
      }
      tabs={[
        {
          id: "problems",
          label: "Problems",
          badge: count > 0 && <span className="font-mono text-12 text-bad tabular-nums">{count}</span>,
          panel: <ProblemsPanel onShow={onShow} />,
        },
        {
          id: "run",
          label: "Run",
          panel: (
            <Suspense fallback={<RunLoading />}>
              <RunPanel />
            </Suspense>
          ),
        },
        {
          id: "money",
          label: "Money path",
          panel: (
            <Suspense fallback={<RunLoading />}>
              <MoneyPanel onShow={onShow} />
            </Suspense>
          ),
        },
      ]}
    />
  );
}

function RunLoading() {
  return (
    <Loading label="Loading the run">
      <SkeletonRows rows={4} />
    </Loading>
  );
}
