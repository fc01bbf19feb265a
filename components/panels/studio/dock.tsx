"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { lazy, Suspense } from "react";
import type { DockTab } from "@/components/store/panels-slice";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Loading, SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import type { NodeId } from "@/flows/basics/ids";
import { ProblemsPanel } from "./problems-panel";

const RunPanel = lazy(() => import("./run-panel").then((file) => ({ default: file.RunPanel })));

/** What belongs to the whole flow: its problems, and the run that is shown. */
export function Dock({ onShow }: { onShow(nodes: readonly NodeId[]): void }) {
  const open = useStudio((studio) => studio.panels.dock);
  const tab = useStudio((studio) => studio.panels.tab);
  const count = useStudio((studio) => studio.problems.length);
  const { setPanels } = useStudio.getState();
  if (!open) return <ClosedDock count={count} onOpen={(next) => setPanels({ dock: true, tab: next })} />;
  return (
    <section aria-label="Dock" className="flex h-60 shrink-0 flex-col border-t bg-surface">
      <Tabs
        label="Dock"
        className="flex-1"
        value={tab}
        onChange={(next) => setPanels({ tab: next as DockTab })}
        actions={
          <span className="pr-2">
            <IconButton
              label="Hide dock"
              side="top"
              icon={<ChevronDown />}
              onClick={() => setPanels({ dock: false })}
            />
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
        ]}
      />
    </section>
  );
}

function ClosedDock({ count, onOpen }: { count: number; onOpen(tab: DockTab): void }) {
  const tab = useStudio((studio) => studio.panels.tab);
  return (
    <section aria-label="Dock" className="flex shrink-0 items-center gap-1 border-t bg-surface px-1">
      <Button tone="ghost" aria-label="Open problems" onClick={() => onOpen("problems")}>
        Problems
        {count > 0 && <span className="font-mono text-12 text-bad tabular-nums">{count}</span>}
      </Button>
      <Button tone="ghost" aria-label="Open run" onClick={() => onOpen("run")}>
        Run
      </Button>
      <span className="ml-auto pr-1">
        <IconButton label="Show dock" side="top" icon={<ChevronUp />} onClick={() => onOpen(tab)} />
      </span>
    </section>
  );
}

function RunLoading() {
  return (
    <Loading label="Loading the run">
      <SkeletonRows rows={4} />
    </Loading>
  );
}
