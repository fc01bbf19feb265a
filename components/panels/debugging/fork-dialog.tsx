"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import type { ShownRun } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { boundText } from "@/components/panels/studio/bound-text";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Money } from "@/components/ui/money";
import type { RunId, StepId } from "@/flows/basics/ids";

export type ForkDialogProps = {
  shown: Pick<ShownRun, "run" | "plan">;
  from: { step: StepId } | { after: number };
  title: string;
  onClose(): void;
  onForked(run: RunId): void;
};

/** A second run of the same plan, in which what came before is taken for done. Asks first: it reserves its worst case. */
export function ForkDialog({ shown: { run, plan }, from, title, onClose, onForked }: ForkDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [id] = useState(() => crypto.randomUUID());
  const fork = useMutation(
    trpc.runs.fork.mutationOptions({
      onSuccess(begun) {
        void queries.invalidateQueries(trpc.runs.list.pathFilter());
        void queries.invalidateQueries(trpc.wallet.pathFilter());
        onClose();
        onForked(begun.run as RunId);
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      text="This starts another run of the same plan with the same input. What had been done before is taken for done: it is neither called nor paid again. People are asked again."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            icon={<Play aria-hidden />}
            busy={fork.isPending}
            onClick={() => fork.mutate({ of: run.id, run: id, from })}
          >
            Run, at most {boundText(plan.bound)}
          </Button>
        </>
      }
    >
      <dl className="flex items-baseline justify-between gap-4 border-t pt-3">
        <dt className="text-muted">Worst case, reserved now</dt>
        <dd>
          <Money currency={run.budget.currency} amount={run.budget.amount} kind="worst" />
        </dd>
      </dl>
      {fork.error && <ApiFault fault={fork.error} />}
    </Dialog>
  );
}
