"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import type { ShownRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";

/** Holds a run before its next step, and lets it go on. What is under way comes to its own end, and is paid. */
export function PauseRun({ shown: { run, paused } }: { shown: Pick<ShownRun, "run" | "paused"> }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const settled = { onSettled: () => queries.invalidateQueries(trpc.runs.get.queryFilter({ run: run.id })) };
  const pause = useMutation(trpc.runs.pause.mutationOptions(settled));
  const resume = useMutation(trpc.runs.resume.mutationOptions(settled));
  const ask = () => ({ run: run.id, request: crypto.randomUUID() });
  const halts = paused || run.status === "paused";
  const fault = pause.error ?? resume.error;
  return (
    <>
      {halts ? (
        <Button
          icon={<Play aria-hidden />}
          busy={resume.isPending}
          onClick={() => resume.mutate({ ...ask(), only: null })}
        >
          Go on
        </Button>
      ) : (
        <Button icon={<Pause aria-hidden />} busy={pause.isPending} onClick={() => pause.mutate(ask())}>
          Pause
        </Button>
      )}
      {fault && <ApiFault fault={fault} />}
    </>
  );
}
