"use client";

import { ChevronUp } from "lucide-react";
import { Suspense } from "react";
import type { DockTab } from "@/components/store/panels-slice";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { loadedLater } from "@/components/ui/loaded-later";
import type { NodeId } from "@/flows/basics/ids";

const DockTabs = loadedLater(() => import("./dock-tabs").then((file) => file.DockTabs));

/** What belongs to the whole flow: its problems, and the run that is shown. Loaded when it is first opened. */
export function Dock({ onShow }: { onShow(nodes: readonly NodeId[]): void }) {
  const open = useStudio((studio) => studio.panels.dock);
  if (!open) return <ClosedDock />;
  return (
    <section aria-label="Dock" className="flex h-60 shrink-0 flex-col border-t bg-surface">
      <Suspense fallback={null}>
        <DockTabs onShow={onShow} />
      </Suspense>
    </section>
  );
}

function ClosedDock() {
  const tab = useStudio((studio) => studio.panels.tab);
  const count = useStudio((studio) => studio.problems.length);
  const open = (next: DockTab) => useStudio.getState().setPanels({ dock: true, tab: next });
  return (
    <section aria-label="Dock" className="flex shrink-0 items-center gap-1 border-t bg-surface px-1">
      <Button tone="ghost" aria-label="Open problems" onClick={() => open("problems")}>
        Problems
        {count > 0 && <span className="font-mono text-12 text-bad tabular-nums">{count}</span>}
      </Button>
      <Button tone="ghost" aria-label="Open run" onClick={() => open("run")}>
        Run
      </Button>
      <Button tone="ghost" aria-label="Open money path" onClick={() => open("money")}>
        Money path
      </Button>
      <Button tone="ghost" aria-label="Open history" onClick={() => open("history")}>
        History
      </Button>
      <Button tone="ghost" aria-label="Open outline" onClick={() => open("outline")}>
        Outline
      </Button>
      <span className="ml-auto pr-1">
        <IconButton label="Show dock" side="top" icon={<ChevronUp />} onClick={() => open(tab)} />
      </span>
    </section>
  );
}
