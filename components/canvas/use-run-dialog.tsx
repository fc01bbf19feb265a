"use client";

import { type ReactNode, Suspense, useState } from "react";
import { loadedLater } from "@/components/ui/loaded-later";
import { toast } from "@/components/ui/toast";
import type { FlowId, RunId } from "@/flows/basics/ids";
import { isCompiled, type PlanSummary } from "../store/compile-slice";
import { useStudio } from "../store/studio-store";

const RunDialog = loadedLater(() => import("../panels/studio/run-dialog").then((file) => file.RunDialog));

/** Asks for a run: the form opens on the plan that is drawn now; a flow with problems shows them instead. */
export function useRunDialog({ flow, name }: { flow: FlowId; name: string }): { ask(): void; dialog: ReactNode } {
  const [plan, setPlan] = useState<PlanSummary | null>(null);

  function ask() {
    const studio = useStudio.getState();
    if (studio.plan && isCompiled(studio)) return setPlan(studio.plan);
    studio.setPanels({ dock: true, tab: "problems" });
    const count = studio.problems.length;
    if (count > 0) {
      const title = count === 1 ? "1 problem to mend first" : `${count} problems to mend first`;
      toast({ title, text: "They are listed under the canvas.", status: "failed" });
    } else toast({ title: "Not yet", text: "The flow is still being read. Press Run again in a moment." });
  }

  function started(run: string) {
    setPlan(null);
    const { watch, setPanels } = useStudio.getState();
    watch(run as RunId);
    setPanels({ dock: true, tab: "run" });
  }

  const dialog = plan && (
    <Suspense fallback={null}>
      <RunDialog flow={flow} name={name} plan={plan} onClose={() => setPlan(null)} onStarted={started} />
    </Suspense>
  );
  return { ask, dialog };
}
