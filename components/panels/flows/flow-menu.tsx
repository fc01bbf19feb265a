"use client";

import { Ellipsis, FileDown, Pencil, Store, Trash2 } from "lucide-react";
import { useState } from "react";
import type { FlowInList } from "@/components/api/answers";
import { explainApiError } from "@/components/api/explain-api-error";
import { useTRPCClient } from "@/components/api/trpc";
import { PublishFlowDialog } from "@/components/panels/flows/publish-flow-dialog";
import { RemoveFlowDialog } from "@/components/panels/flows/remove-flow-dialog";
import { RenameFlowDialog } from "@/components/panels/flows/rename-flow-dialog";
import { saveFlowFile } from "@/components/panels/flows/save-flow-file";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";

/** What can be done to a flow without opening it. */
export function FlowMenu({ flow }: { flow: FlowInList }) {
  const [open, setOpen] = useState<"rename" | "publish" | "remove" | null>(null);
  const close = () => setOpen(null);
  const client = useTRPCClient();

  async function save() {
    const saved = await client.flows.get.query({ flow: flow.id }).catch((fault: unknown) => {
      toast({ status: "failed", title: `${flow.name} was not exported.`, text: explainApiError(fault).what });
    });
    if (saved) saveFlowFile(saved.name, saved.document);
  }

  return (
    <>
      <DropdownMenu
        label={`Actions on ${flow.name}`}
        trigger={<IconButton label={`Actions on ${flow.name}`} icon={<Ellipsis />} />}
        items={[
          { label: "Export", icon: <FileDown aria-hidden />, onSelect: () => void save() },
          { label: "Rename", icon: <Pencil aria-hidden />, onSelect: () => setOpen("rename") },
          { label: "Publish as an agent", icon: <Store aria-hidden />, onSelect: () => setOpen("publish") },
          { label: "Remove", icon: <Trash2 aria-hidden />, tone: "danger", onSelect: () => setOpen("remove") },
        ]}
      />
      {open === "rename" && <RenameFlowDialog flow={flow} onClose={close} />}
      {open === "publish" && <PublishFlowDialog flow={flow} onClose={close} />}
      {open === "remove" && <RemoveFlowDialog flow={flow} onClose={close} />}
    </>
  );
}
