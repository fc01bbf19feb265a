"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FlowInList } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";

export function RemoveFlowDialog({ flow, onClose }: { flow: Pick<FlowInList, "id" | "name">; onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const remove = useMutation(
    trpc.flows.remove.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.flows.list.queryFilter());
        toast({ status: "done", title: `Removed ${flow.name}.` });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${flow.name}?`}
      text="It leaves your list and cannot be opened again. Its runs, their results and receipts stay; runs under way go on."
      actions={
        <>
          <Button onClick={onClose}>Keep</Button>
          <Button tone="danger" busy={remove.isPending} onClick={() => remove.mutate({ flow: flow.id })}>
            Remove
          </Button>
        </>
      }
    >
      {remove.error && <ApiFault fault={remove.error} />}
    </Dialog>
  );
}
