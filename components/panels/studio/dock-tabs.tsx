"use client";

import { ChevronDown } from "lucide-react";
import { Suspense } from "react";
import type { DockTab } from "@/components/store/panels-slice";
import { useStudio } from "@/components/store/studio-store";
import { IconButton } from "@/components/ui/icon-button";
import { loadedLater } from "@/components/ui/loaded-later";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import type { NodeId } from "@/flows/basics/ids";
import { ProblemsPanel } from "./problems-panel";

const HistoryPanel = loadedLater(() => import("../history/history-panel").then((file) => file.HistoryPanel));
const MoneyPanel = loadedLater(() => import("./money-panel").then((file) => file.MoneyPanel));
const OutlinePanel = loadedLater(() => import("../outline/outline-panel").then((file) => file.OutlinePanel));
const RunPanel = loadedLater(() => import("./run-panel").then((file) => file.RunPanel));

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
            <Suspense fallback={<PanelLoading label="Loading the run" />}>
              <RunPanel />
            </Suspense>
          ),
        },
        {
          id: "money",
          label: "Money path",
          panel: (
            <Suspense fallback={<PanelLoading label="Following the money" />}>
              <MoneyPanel onShow={onShow} />
            </Suspense>
          ),
        },
        {
          id: "history",
          label: "History",
          panel: (
            <Suspense fallback={<PanelLoading label="Loading the history" />}>
              <HistoryPanel />
            </Suspense>
          ),
        },
        {
          id: "outline",
          label: "Outline",
          panel: (
            <Suspense fallback={<PanelLoading label="Loading the outline" />}>
              <OutlinePanel />
            </Suspense>
          ),
        },
      ]}
    />
  );
}

function PanelLoading({ label }: { label: string }) {
  return (
    <Loading label={label}>
      <SkeletonRows rows={4} />
    </Loading>
  );
}
