"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pin, PinOff, RotateCcw, StepForward } from "lucide-react";
import { useState } from "react";
import type { ShownRun } from "@/components/api/answers";
import { useTRPC, useTRPCClient } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import type { NodeId, RunId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import type { StepView } from "@/flows/run/view";
import { ForkDialog } from "./fork-dialog";

export type StepActionsProps = {
  shown: ShownRun;
  step: StepView;
  title: string;
  /** Watches the run that was begun anew. */
  onForked(run: RunId): void;
  /** Pins are for the next run of what is drawn: only where there is a drawing. */
  pins: boolean;
};

/** What can be done with one step of a run: let it go on by itself, run again from it, pin what it gave. */
export function StepActions({ shown, step, title, onForked, pins }: StepActionsProps) {
  const [forking, setForking] = useState(false);
  const began = step.openedAtMs !== null && step.status !== "paused";
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {step.status === "paused" && <TakeStep run={shown.run.id} step={step} />}
        {began && (
          <Button icon={<RotateCcw aria-hidden />} onClick={() => setForking(true)}>
            Run from here
          </Button>
        )}
        {pins && <PinOutput run={shown.run.id as RunId} step={step} />}
      </div>
      {forking && (
        <ForkDialog
          shown={shown}
          from={{ step: step.step }}
          title={`Run again from ${title}?`}
          onClose={() => setForking(false)}
          onForked={onForked}
        />
      )}
    </>
  );
}

function TakeStep({ run, step: { step, path } }: { run: string; step: StepView }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const take = useMutation(
    trpc.runs.resume.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.runs.get.queryFilter({ run })),
    }),
  );
  return (
    <>
      <Button
        icon={<StepForward aria-hidden />}
        busy={take.isPending}
        onClick={() => take.mutate({ run, request: crypto.randomUUID(), only: { step, path: [...path] } })}
      >
        Take this step
      </Button>
      {take.error && <ApiFault fault={take.error} />}
    </>
  );
}

const DELIVERS: readonly StepView["op"][] = ["call", "model"];

function PinOutput({ run, step }: { run: RunId; step: StepView }) {
  const client = useTRPCClient();
  const pins = useStudio((studio) => studio.debugging.pins);
  const isPinned = pins.some((pin) => pin.step === step.step && pin.path.join() === step.path.join());
  const { setDebugging } = useStudio.getState();
  const others = () => pins.filter((pin) => pin.step !== step.step || pin.path.join() !== step.path.join());
  const pin = useMutation({
    mutationFn: (digest: string) => client.runs.value.query({ run, digest }),
    onSuccess(output) {
      if (!isObject(output)) return;
      const { node, step: id, path } = step;
      setDebugging({ pins: [...others(), { node: node as NodeId, step: id, path, output, run }] });
    },
  });
  if (isPinned)
    return (
      <Button icon={<PinOff aria-hidden />} onClick={() => setDebugging({ pins: others() })}>
        Unpin output
      </Button>
    );
  const { output } = step;
  if (!DELIVERS.includes(step.op) || output === null) return null;
  return (
    <>
      <Button icon={<Pin aria-hidden />} busy={pin.isPending} onClick={() => pin.mutate(output)}>
        Pin output
      </Button>
      {pin.error && <ApiFault fault={pin.error} />}
    </>
  );
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
