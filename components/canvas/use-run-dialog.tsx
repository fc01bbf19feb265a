"use client";

import { type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { loadedLater } from "@/components/ui/loaded-later";
import { toast } from "@/components/ui/toast";
import type { FlowId, RunId } from "@/flows/basics/ids";
import { isCompiled, type PlanSummary } from "../store/compile-slice";
import { type Studio, useStudio } from "../store/studio-store";

const RunDialog = loadedLater(() => import("../panels/studio/run-dialog").then((file) => file.RunDialog));

type Running = { flow: FlowId; name: string; compilerBroken: boolean };

/**
 * Asks for a run: the form opens on the plan that is drawn now, and what was drawn a moment ago is compiled first; a flow
 * with problems shows them instead.
 */
export function useRunDialog({ flow, name, compilerBroken }: Running): { ask(): void; dialog: ReactNode } {
  const [plan, setPlan] = useState<PlanSummary | null>(null);
  const callOff = useRef(() => {});
  useEffect(() => () => callOff.current(), []);

  function ask() {
    callOff.current();
    const studio = useStudio.getState();
    if (isCompiled(studio)) return show(studio);
    if (compilerBroken) {
      toast({ title: "This flow cannot be judged", text: "The compiler could not be loaded. Load the page again." });
      return;
    }
    callOff.current = useStudio.subscribe((now) => {
      if (!isCompiled(now)) return;
      callOff.current();
      show(now);
    });
  }

  function show({ plan: compiled, problems, setPanels }: Studio) {
    if (compiled) return setPlan(compiled);
    setPanels({ dock: true, tab: "problems" });
    const title = problems.length === 1 ? "1 problem to mend first" : `${problems.length} problems to mend first`;
    toast({ title, text: "They are listed under the canvas.", status: "failed" });
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
