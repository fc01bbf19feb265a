"use client";

import { PinOff } from "lucide-react";
import { stopsOf } from "@/components/panels/debugging/stops";
import { StopsEditor } from "@/components/panels/debugging/stops-editor";
import type { PlanSummary } from "@/components/store/compile-slice";
import type { Pin } from "@/components/store/debug-slice";
import { titleOf } from "@/components/store/edit-words";
import { useStudio } from "@/components/store/studio-store";
import { IconButton } from "@/components/ui/icon-button";
import type { Debug, Rail } from "./use-start-run";

/** The stops and pins that a run of this plan is started with. A pin of a step that it does not have is left out. */
export function useRunDebug(plan: PlanSummary): Debug {
  const debugging = useStudio((studio) => studio.debugging);
  return {
    stops: stopsOf(debugging, plan.steps),
    pins: pinsIn(plan, debugging.pins).map(({ step, path, output }) => ({ step, path, output })),
  };
}

function pinsIn({ steps }: PlanSummary, pins: readonly Pin[]): readonly Pin[] {
  const known = new Set(steps.map(({ id }) => id));
  return pins.filter(({ step }) => known.has(step));
}

/** How to look into the run, folded away until somebody wants it; what is set already is said at once. */
export function RunDebug({ plan, currency }: { plan: PlanSummary; currency: Rail }) {
  const { stops, pins: sent } = useRunDebug(plan);
  const document = useStudio((studio) => studio.document);
  const pins = useStudio((studio) => studio.debugging.pins);
  const { setDebugging } = useStudio.getState();
  return (
    <details className="rounded-control border px-3 py-1" open={sent.length > 0}>
      <summary className="flex min-h-control cursor-pointer items-center gap-2">
        <span className="flex-1">Stops and pins</span>
        <span className="text-12 text-muted">{inWords(stops.length, sent.length)}</span>
      </summary>
      <div className="flex flex-col gap-3 pt-2 pb-3">
        <StopsEditor currency={currency} onChange={setDebugging} />
        {pinsIn(plan, pins).map((pin) => (
          <p key={`${pin.step} ${pin.path.join()}`} className="flex items-center justify-between gap-2">
            <span className="min-w-0">{titleOf(document, pin.node)} is pinned: neither called nor paid.</span>
            <IconButton
              label={`Unpin ${titleOf(document, pin.node)}`}
              icon={<PinOff />}
              onClick={() => setDebugging({ pins: pins.filter((other) => other !== pin) })}
            />
          </p>
        ))}
      </div>
    </details>
  );
}

function inWords(stops: number, pins: number): string {
  const words = [
    ...(stops > 0 ? [stops === 1 ? "1 stop" : `${stops} stops`] : []),
    ...(pins > 0 ? [pins === 1 ? "1 pin" : `${pins} pins`] : []),
  ];
  return words.join(", ") || "None";
}
