"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { FlowInList } from "@/components/api/answers";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

const LONGEST_NAME = 80;

export function RenameFlowDialog({ flow, onClose }: { flow: Pick<FlowInList, "id" | "name">; onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useId();
  const [name, setName] = useState(flow.name);
  const rename = useMutation(
    trpc.flows.rename.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.flows.pathFilter());
        onClose();
      },
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim()) rename.mutate({ flow: flow.id, name: name.trim() });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title="Rename the flow"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} tone="primary" busy={rename.isPending} disabled={!name.trim()}>
            Rename
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name" required help="Runs keep the name that the flow had when they started.">
          <TextInput maxLength={LONGEST_NAME} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <ApiFault fault={rename.error} />
      </form>
    </Dialog>
  );
}
